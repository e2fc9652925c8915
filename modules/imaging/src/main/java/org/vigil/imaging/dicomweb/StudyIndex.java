package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vigil.imaging.api.DicomWeb.StudySearch;
import org.vigil.imaging.api.StudyView;
import org.vigil.imaging.persistence.StudyEntity;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.tenancy.api.AccessRights;

/** Searches studies of the current tenant (QIDO-RS, PS3.18 §10.6). */
@ApplicationScoped
public class StudyIndex {
  @PersistenceContext(unitName = "vigil")
  private EntityManager em;

  /** Studies that match, newest first. */
  @Transactional
  public List<Found> search(StudySearch search) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> parameters = new HashMap<>();
    if (search.studies() != null && !search.studies().isEmpty()) {
      conditions.add("s.studyInstanceUid in :studies");
      parameters.put("studies", search.studies().stream().map(StudyInstanceUid::value).toList());
    }
    like(conditions, parameters, "patientId", search.patientId());
    like(conditions, parameters, "patientName", search.patientName());
    like(conditions, parameters, "accessionNumber", search.accessionNumber());
    if (search.from() != null) {
      conditions.add("s.studyDate >= :from");
      parameters.put("from", search.from());
    }
    if (search.to() != null) {
      conditions.add("s.studyDate <= :to");
      parameters.put("to", search.to());
    }
    if (search.modality() != null) {
      conditions.add("concat('\\\\', s.modalities, '\\\\') like :modality escape '!'");
      parameters.put("modality", "%\\" + pattern(search.modality()) + "\\%");
    }
    if (search.only() != null) {
      conditions.add("function('regexp_like', s.modalities, :acquired) = true");
      conditions.add("function('regexp_like', s.modalities, :only) = true");
      String acquired = String.join("|", search.only());
      String any = acquired + "|" + String.join("|", AccessRights.NOT_ACQUIRED);
      parameters.put("acquired", "(^|\\\\)(" + acquired + ")(\\\\|$)");
      parameters.put("only", "^(" + any + ")(\\\\(" + any + "))*$");
    }
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    TypedQuery<StudyEntity> query =
        em.createQuery(
            "select s from Study s"
                + where
                + " order by s.firstInstanceAt desc, s.studyInstanceUid",
            StudyEntity.class);
    parameters.forEach(query::setParameter);
    List<StudyView> page =
        query
            .setFirstResult(search.offset())
            .setMaxResults(search.limit())
            .getResultStream()
            .map(StudyEntity::view)
            .toList();
    return counted(page);
  }

  private List<Found> counted(List<StudyView> page) {
    if (page.isEmpty()) {
      return List.of();
    }
    Map<String, Object[]> counts =
        em.createQuery(
                "select i.studyInstanceUid, count(distinct i.seriesInstanceUid), count(i)"
                    + " from Instance i where i.studyInstanceUid in :studies"
                    + " group by i.studyInstanceUid",
                Object[].class)
            .setParameter("studies", page.stream().map(s -> s.studyInstanceUid().value()).toList())
            .getResultStream()
            .collect(Collectors.toMap(row -> (String) row[0], row -> row));
    return page.stream()
        .map(
            study -> {
              Object[] row = counts.get(study.studyInstanceUid().value());
              return new Found(
                  study,
                  row == null ? 0 : ((Number) row[1]).intValue(),
                  row == null ? 0 : ((Number) row[2]).intValue());
            })
        .toList();
  }

  private static void like(
      List<String> conditions, Map<String, Object> parameters, String attribute, String wanted) {
    if (wanted != null && !wanted.isEmpty() && !wanted.equals("*")) {
      boolean person = attribute.equals("patientName");
      String left = person ? "lower(s." + attribute + ")" : "s." + attribute;
      conditions.add(left + " like :" + attribute + " escape '!'");
      parameters.put(
          attribute, pattern(person ? wanted.toLowerCase(java.util.Locale.ROOT) : wanted));
    }
  }

  /** DICOM's wildcards as SQL's; SQL's own are taken literally. */
  private static String pattern(String wanted) {
    return wanted
        .replace("!", "!!")
        .replace("%", "!%")
        .replace("_", "!_")
        .replace('*', '%')
        .replace('?', '_');
  }

  /** A study and how much of it there is, objects of Vigil's own included. */
  public record Found(StudyView study, int series, int instances) {}
}
