package org.vigil.imaging.dicomweb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.vigil.dicom.data.Attributes;
import org.vigil.dicom.data.ByteSource;
import org.vigil.dicom.data.Tag;
import org.vigil.dicom.data.VR;
import org.vigil.dicom.io.DicomJson;
import org.vigil.dicom.io.DicomXml;
import org.vigil.dicom.pixel.PixelDecoder;
import org.vigil.dicom.pixel.Voi;
import org.vigil.imaging.api.DicomWeb;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.SearchMatches;
import org.vigil.imaging.application.StoredImages;
import org.vigil.imaging.application.StoredStudies;
import org.vigil.imaging.domain.QueryLevel;
import org.vigil.kernel.Actor;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;
import org.vigil.kernel.TenantId;
import org.vigil.kernel.VigilException;
import org.vigil.tenancy.api.TenantContext;

/** DICOMweb over the objects of the current tenant. */
@ApplicationScoped
public class StoredDicomWeb implements DicomWeb {
  /** Longer binary values are referred to. */
  private static final int LONGEST_INLINE = 1024;

  /** Matches nothing. */
  private static final String NO_UID = "-";

  private static final int COPY_BUFFER = 256 * 1024;

  private final AccessedObjects objects;
  private final AccessLog accessLog;
  private final StudyIndex index;
  private final ObjectIndex objectIndex;
  private final StoredStudies studies;
  private final StoredImages images;
  private final FrameCache cache;
  private final RecentObjects recent;

  @Inject
  public StoredDicomWeb(
      AccessedObjects objects,
      AccessLog accessLog,
      StudyIndex index,
      ObjectIndex objectIndex,
      StoredStudies studies,
      StoredImages images,
      FrameCache cache,
      RecentObjects recent) {
    this.objects = objects;
    this.accessLog = accessLog;
    this.index = index;
    this.objectIndex = objectIndex;
    this.studies = studies;
    this.images = images;
    this.cache = cache;
    this.recent = recent;
  }

  /** For the container's proxy. */
  protected StoredDicomWeb() {
    this(null, null, null, null, null, null, null, null);
  }

  @Override
  public SearchMatches searchStudies(Search search, String baseUri) {
    return matches(
        search,
        index.search(search).stream().map(found -> QidoAnswers.study(found, baseUri)).toList(),
        index::remaining);
  }

  @Override
  public SearchMatches searchSeries(Search search, String baseUri) {
    return matches(
        search,
        objectIndex.series(search).stream().map(f -> QidoAnswers.series(f, baseUri)).toList(),
        objectIndex::remainingSeries);
  }

  @Override
  public SearchMatches searchInstances(Search search, String baseUri) {
    return matches(
        search,
        objectIndex.instances(search).stream().map(f -> QidoAnswers.instance(f, baseUri)).toList(),
        objectIndex::remainingInstances);
  }

  @Override
  public SearchMatches searchSeries(StudyInstanceUid study, Search search, String baseUri) {
    Target target = new Target(study, null, null);
    SearchMatches found = searchSeries(inside(target, search), baseUri);
    found
        .page()
        .forEach(a -> QidoAnswers.below(QueryLevel.STUDY, QueryLevel.SERIES, a, search.included()));
    return found;
  }

  @Override
  public SearchMatches searchInstances(Target target, Search search, String baseUri) {
    QueryLevel named = target.series() == null ? QueryLevel.STUDY : QueryLevel.SERIES;
    SearchMatches found = searchInstances(inside(target, search), baseUri);
    found.page().forEach(a -> QidoAnswers.below(named, QueryLevel.IMAGE, a, search.included()));
    return found;
  }

  /** The search with what a path names added; a key that names something else finds nothing. */
  private Search inside(Target target, Search search) {
    objects.find(target, null, "search");
    Attributes keys = new Attributes(search.keys());
    within(keys, Tag.StudyInstanceUID, target.study().value());
    if (target.series() != null) {
      within(keys, Tag.SeriesInstanceUID, target.series().value());
    }
    return new Search(keys, search.included(), search.only(), search.offset(), search.limit());
  }

  private static void within(Attributes keys, int tag, String uid) {
    List<String> asked = List.of(keys.getStrings(tag));
    boolean none = !asked.isEmpty() && !asked.contains("*") && !asked.contains(uid);
    keys.setString(tag, VR.UI, none ? NO_UID : uid);
  }

  /** Counts only where a full page says that more may follow. */
  private static SearchMatches matches(
      Search search, List<Attributes> page, ToLongFunction<Search> following) {
    long remaining = page.size() < search.limit() ? 0 : following.applyAsLong(search);
    return new SearchMatches(page, remaining, remaining < Remaining.MOST_COUNTED);
  }

  @Override
  public Body metadata(Target target, String baseUri, Actor actor) {
    List<InstanceView> found = access(target, actor, "metadata");
    return new Body(
        "application/dicom+json",
        etag(found, "metadata " + baseUri),
        -1,
        out -> {
          OutputStreamWriter json = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          String separator = "[";
          for (InstanceView instance : found) {
            json.append(separator);
            DicomJson.write(dataset(instance), json, uris(instance, baseUri));
            separator = ",";
          }
          json.append(']').flush();
        });
  }

  @Override
  public List<Body> metadataInXml(Target target, String baseUri, Actor actor) {
    return access(target, actor, "metadata").stream()
        .map(
            instance ->
                new Body(
                    "application/dicom+xml",
                    etag(List.of(instance), "XML metadata " + baseUri),
                    -1,
                    out ->
                        DicomXml.write(
                            dataset(instance),
                            new OutputStreamWriter(out, StandardCharsets.UTF_8),
                            uris(instance, baseUri))))
        .toList();
  }

  private Attributes dataset(InstanceView instance) {
    return images.read(instance.sopInstanceUid()).dataset();
  }

  private static DicomJson.BulkDataUris uris(InstanceView instance, String baseUri) {
    String bulkUri = QidoAnswers.uri(instance, baseUri) + "/bulkdata/";
    return (path, length) -> isLong(path, length) ? bulkUri + path : null;
  }

  private static boolean isLong(String path, long length) {
    return length < 0 || length > LONGEST_INLINE || path.equals("7FE00010");
  }

  @Override
  public List<Body> objects(Target target, Actor actor) {
    return access(target, actor, "objects").stream()
        .map(
            instance ->
                new Body(
                    "application/dicom;transfer-syntax=" + instance.transferSyntaxUid(),
                    etag(List.of(instance), "object"),
                    instance.bytes(),
                    copy(studies.source(instance.sopInstanceUid()))))
        .toList();
  }

  @Override
  public List<Body> frames(
      Target target, List<Integer> frameNumbers, boolean asStored, Actor actor) {
    InstanceView instance = seen(target, actor, "frames");
    SopInstanceUid uid = instance.sopInstanceUid();
    OpenedImage opened = new OpenedImage(uid);
    List<Body> bodies = new ArrayList<>(frameNumbers.size());
    for (int number : frameNumbers) {
      String what = "frame " + number + (asStored ? " as stored" : "");
      bodies.add(
          cache.body(
              instance,
              what,
              etag(List.of(instance), what),
              () -> {
                PixelDecoder decoder = opened.decoder();
                StoredImages.checkFrame(uid, decoder, number);
                try {
                  return FrameBody.of(decoder, number, asStored);
                } catch (IOException e) {
                  throw StoredImages.explain(e, uid);
                }
              }));
    }
    return bodies;
  }

  /** An object that is read when the first frame is wanted that is not in memory. */
  private final class OpenedImage {
    private final SopInstanceUid uid;
    private PixelDecoder decoder;

    OpenedImage(SopInstanceUid uid) {
      this.uid = uid;
    }

    PixelDecoder decoder() {
      if (decoder == null) {
        decoder = StoredImages.decoder(uid, images.read(uid));
      }
      return decoder;
    }
  }

  @Override
  public Body rendered(Target target, Rendering rendering, Actor actor) {
    InstanceView instance = seen(target, actor, "rendered");
    SopInstanceUid uid = instance.sopInstanceUid();
    Voi window = window(rendering);
    String what = rendering.toString();
    return cache.body(
        instance,
        what,
        etag(List.of(instance), what),
        () -> {
          BufferedImage picture =
              images.render(uid, images.read(uid), rendering.frameNumber(), window);
          return new FrameCache.Content(
              rendering.mediaType(),
              Pictures.encode(picture, rendering.mediaType(), rendering.longestSide()));
        });
  }

  @Override
  public Body bulkData(Target target, String path, Actor actor) {
    InstanceView instance = access(target, actor, "bulk data").get(0);
    SopInstanceUid uid = instance.sopInstanceUid();
    try {
      return BulkValue.of(
          images.read(uid).dataset(), path, etag(List.of(instance), "bulk " + path));
    } catch (IOException e) {
      throw StoredImages.explain(e, uid);
    }
  }

  private static Voi window(Rendering rendering) {
    if (rendering.windowCenter() == null || rendering.windowWidth() == null) {
      return null;
    }
    if (rendering.windowWidth() < 1) {
      throw new VigilException(
          ErrorCode.KERNEL_0003, Map.of("field", "window", "problem", "is narrower than 1"));
    }
    return Voi.window(rendering.windowCenter(), rendering.windowWidth(), Voi.Function.LINEAR);
  }

  /** One object, of which what was made before may still be in memory. */
  private InstanceView seen(Target target, Actor actor, String what) {
    if (accessLog.isDue(TenantContext.current(), actor, target.study())) {
      return looked(target, actor, what);
    }
    return recent.find(target).orElseGet(() -> looked(target, actor, what));
  }

  private InstanceView looked(Target target, Actor actor, String what) {
    InstanceView found = access(target, actor, what).get(0);
    recent.remember(found);
    return found;
  }

  private List<InstanceView> access(Target target, Actor actor, String what) {
    TenantId tenant = TenantContext.current();
    boolean due = accessLog.isDue(tenant, actor, target.study());
    List<InstanceView> found = objects.find(target, due ? actor : null, what);
    if (due) {
      accessLog.written(tenant, actor, target.study());
    }
    found.stream()
        .filter(i -> i.availability() == InstanceView.Availability.OFFLINE)
        .findFirst()
        .ifPresent(i -> studies.source(i.sopInstanceUid()));
    return found;
  }

  private static DicomWeb.Writer copy(ByteSource source) {
    return new DicomWeb.Writer() {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        writeTo(out, 0, Long.MAX_VALUE);
      }

      @Override
      public void writeTo(OutputStream out, long from, long count) throws IOException {
        try (InputStream in = source.open(from)) {
          byte[] buffer = new byte[COPY_BUFFER];
          long left = count;
          int read = 0;
          while (left > 0 && read >= 0) {
            read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read > 0) {
              out.write(buffer, 0, read);
              left -= read;
            }
          }
        }
      }
    };
  }

  /** Objects never change, so their hashes and the kind of answer name its bytes. */
  private static String etag(List<InstanceView> instances, String kind) {
    int hash = kind.hashCode();
    for (InstanceView instance : instances) {
      hash = hash * 31 + instance.sha256().hashCode();
    }
    return "\"" + instances.get(0).sha256().substring(0, 24) + Integer.toHexString(hash) + "\"";
  }
}
