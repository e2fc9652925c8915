package org.vigil.imaging.query;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.application.StoredStudies;
import org.vigil.imaging.dicomweb.QidoAnswers;
import org.vigil.imaging.dicomweb.StudyIndex;
import org.vigil.imaging.domain.QueryKeys;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/**
 * C-FIND over what is stored for the current tenant (PS3.4 §C.4.1): hierarchical, the newest study
 * first. Objects of Vigil's own are found like all others.
 */
@ApplicationScoped
public class HierarchicalQuery {
  private static final int PAGE = 500;

  private final StudyIndex index;
  private final StoredStudies studies;

  @Inject
  public HierarchicalQuery(StudyIndex index, StoredStudies studies) {
    this.index = index;
    this.studies = studies;
  }

  /** For the container's proxy. */
  protected HierarchicalQuery() {
    this(null, null);
  }

  /** Takes matches as they are found. */
  @FunctionalInterface
  public interface Matches {
    /** Whether the next is wanted, too. */
    boolean take(Attributes match) throws IOException;
  }

  /**
   * Finds.
   *
   * @param keys the identifier; keys that the level does not know match everything
   * @throws org.vigil.kernel.VigilException IMAGING-0094 where the study is not named whose series
   *     or images are asked for, KERNEL-0003 for a UID that is none
   */
  public void find(QueryLevel level, Attributes keys, Matches matches) throws IOException {
    Search search = new Search(level, keys, matches);
    switch (level) {
      case PATIENT -> patients(search);
      case STUDY -> studies(search);
      case SERIES, IMAGE -> inside(search);
    }
  }

  private void patients(Search search) throws IOException {
    Map<List<String>, Attributes> patients = new LinkedHashMap<>();
    eachStudy(
        search.keys(),
        study -> {
          Attributes found = QidoAnswers.study(study);
          List<String> who =
              List.of(
                  found.getString(Tag.PatientID, ""), found.getString(Tag.IssuerOfPatientID, ""));
          Attributes patient = patients.computeIfAbsent(who, w -> found);
          patient.setInt(
              Tag.NumberOfPatientRelatedStudies,
              VR.IS,
              patient.getInt(Tag.NumberOfPatientRelatedStudies, 0) + 1);
          return true;
        });
    for (Attributes patient : patients.values()) {
      if (!search.offer(patient)) {
        return;
      }
    }
  }

  private void studies(Search search) throws IOException {
    eachStudy(search.keys(), study -> search.offer(QidoAnswers.study(study)));
  }

  private void inside(Search search) throws IOException {
    if (!search.keys().containsValue(Tag.StudyInstanceUID)) {
      throw QueryLevel.mismatch("study instance UID");
    }
    eachStudy(
        StudyKeys.studyAlone(search.keys()),
        study -> {
          Map<SeriesInstanceUid, List<InstanceView>> series = new LinkedHashMap<>();
          for (InstanceView instance : studies.instances(study.study().studyInstanceUid())) {
            series
                .computeIfAbsent(instance.seriesInstanceUid(), s -> new ArrayList<>())
                .add(instance);
          }
          for (List<InstanceView> instances : series.values()) {
            Attributes found = QidoAnswers.study(study);
            found.addAll(QidoAnswers.series(instances));
            if (search.level() == QueryLevel.SERIES
                ? !search.offer(found)
                : !images(search, found, instances)) {
              return false;
            }
          }
          return true;
        });
  }

  private static boolean images(Search search, Attributes series, List<InstanceView> instances)
      throws IOException {
    for (InstanceView instance : instances) {
      Attributes image = new Attributes(series);
      image.addAll(QidoAnswers.instance(instance));
      if (!search.offer(image)) {
        return false;
      }
    }
    return true;
  }

  /** Calls until it is answered that no more is wanted; each study once, even if one arrives. */
  private void eachStudy(Attributes keys, StudyVisitor visitor) throws IOException {
    Set<StudyInstanceUid> seen = new HashSet<>();
    int offset = 0;
    List<StudyIndex.Found> page;
    do {
      page = index.search(StudyKeys.search(keys, offset, PAGE));
      for (StudyIndex.Found study : page) {
        if (seen.add(study.study().studyInstanceUid()) && !visitor.visit(study)) {
          return;
        }
      }
      offset += PAGE;
    } while (page.size() == PAGE);
  }

  private interface StudyVisitor {
    boolean visit(StudyIndex.Found study) throws IOException;
  }

  /** What is looked for, and who takes it. */
  private record Search(QueryLevel level, Attributes keys, Matches matches) {
    /** Whether more is wanted. */
    boolean offer(Attributes candidate) throws IOException {
      Attributes known = new Attributes(keys, level::knows);
      if (!QueryKeys.matches(known, candidate)) {
        return true;
      }
      Attributes match = QueryKeys.selected(keys, new Attributes(candidate, level::knows));
      match.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
      match.setString(Tag.QueryRetrieveLevel, VR.CS, level.name());
      match.setString(
          level.uniqueKey(),
          candidate.getVR(level.uniqueKey()),
          candidate.getString(level.uniqueKey(), ""));
      return matches.take(match);
    }
  }
}
