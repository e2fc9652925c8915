package org.vigil.imaging.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.vigil.imaging.api.InstanceView;
import org.vigil.imaging.api.InstanceView.Availability;
import org.vigil.imaging.api.InstanceView.Origin;
import org.vigil.imaging.domain.StorageTier;
import org.vigil.kernel.SeriesInstanceUid;
import org.vigil.kernel.SopInstanceUid;
import org.vigil.kernel.StudyInstanceUid;

/**
 * A stored object. Written once, by {@link StudyRepository#insertInstance}; only the place of its
 * bytes changes, by {@link StudyRepository#stored} and {@link TierRepository}.
 */
@Entity(name = "Instance")
@Table(name = "instance")
public class InstanceEntity {
  @Id
  @Column(name = "sop_instance_uid", length = 64)
  private String sopInstanceUid;

  @Column(name = "study_instance_uid", nullable = false)
  private String studyInstanceUid;

  @Column(name = "series_instance_uid", nullable = false)
  private String seriesInstanceUid;

  @Column(name = "sop_class_uid", nullable = false)
  private String sopClassUid;

  @Column(name = "transfer_syntax_uid", nullable = false)
  private String transferSyntaxUid;

  @Column(name = "instance_number")
  private Integer instanceNumber;

  @Enumerated(EnumType.STRING)
  @Column(name = "origin", nullable = false)
  private Origin origin;

  @Column(name = "image_rows", nullable = false)
  private int rows;

  @Column(name = "image_columns", nullable = false)
  private int columns;

  @Column(name = "number_of_frames", nullable = false)
  private int numberOfFrames;

  @Column(name = "bits_stored", nullable = false)
  private int bitsStored;

  @Column(name = "photometric_interpretation")
  private String photometricInterpretation;

  @Column(name = "body_part")
  private String bodyPart;

  @Column(name = "view_position")
  private String viewPosition;

  @Column(name = "patient_age")
  private String patientAge;

  @Column(name = "has_pixel_data", nullable = false)
  private boolean hasPixelData;

  @Column(name = "bytes", nullable = false)
  private long bytes;

  @Column(name = "sha256", nullable = false)
  private String sha256;

  @Column(name = "location", nullable = false)
  private String location;

  @Column(name = "stored_as")
  private UUID storedAs;

  @Column(name = "received_at", nullable = false)
  private Instant receivedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "tier", nullable = false, insertable = false)
  private StorageTier tier = StorageTier.HOT;

  @Column(name = "stored_syntax")
  private String storedSyntax;

  @Column(name = "stored_sha256")
  private String storedSha256;

  @Column(name = "stored_bytes")
  private Long storedBytes;

  @Column(name = "answer_bytes")
  private Long answerBytes;

  @Column(name = "released_at")
  private Instant releasedAt;

  @Column(name = "released_to")
  private String releasedTo;

  /** For Hibernate. */
  protected InstanceEntity() {}

  public String sopClassUid() {
    return sopClassUid;
  }

  /** Of the object as it was received. */
  public String sha256() {
    return sha256;
  }

  /** Of the plain bytes that lie here now. */
  public String storedSha256() {
    return storedSha256 == null ? sha256 : storedSha256;
  }

  /** Length of the plain bytes that lie here now. */
  public long storedBytes() {
    return storedBytes == null ? bytes : storedBytes;
  }

  /** Whether its pixels have been compressed since it was received. */
  public boolean isCompressed() {
    return storedSyntax != null;
  }

  /** As it was received. */
  public String transferSyntaxUid() {
    return transferSyntaxUid;
  }

  /** Of the compressed copy that lies here; null where it lies as received. */
  public String storedSyntax() {
    return storedSyntax;
  }

  /** Length of the object restored from the compressed copy; null where there is none. */
  public Long answerBytes() {
    return answerBytes;
  }

  public StorageTier tier() {
    return tier;
  }

  /** Whether no copy is kept here any more. */
  public boolean isReleased() {
    return releasedAt != null;
  }

  /** The node that has it; null while a copy is kept here. */
  public String releasedTo() {
    return releasedTo;
  }

  /** How soon it can be had. */
  public Availability availability() {
    if (isReleased()) {
      return Availability.OFFLINE;
    }
    return tier == StorageTier.COLD ? Availability.NEARLINE : Availability.ONLINE;
  }

  public String location() {
    return location;
  }

  /**
   * Id in the header of its encrypted file; null when an earlier version stored it in the clear.
   */
  public UUID storedAs() {
    return storedAs;
  }

  public String sopInstanceUid() {
    return sopInstanceUid;
  }

  /** Length of its plain bytes as it was received. */
  public long bytes() {
    return bytes;
  }

  public String studyInstanceUid() {
    return studyInstanceUid;
  }

  public boolean hasPixelData() {
    return hasPixelData;
  }

  /** As other modules see it. */
  public InstanceView view(SeriesEntity series) {
    return new InstanceView(
        StudyInstanceUid.of(studyInstanceUid),
        SeriesInstanceUid.of(seriesInstanceUid),
        SopInstanceUid.of(sopInstanceUid),
        sopClassUid,
        transferSyntaxUid,
        series.modality(),
        series.seriesDescription(),
        series.seriesNumber(),
        instanceNumber,
        origin,
        rows,
        columns,
        numberOfFrames,
        bitsStored,
        photometricInterpretation,
        bodyPart,
        viewPosition,
        patientAge,
        hasPixelData,
        answerBytes == null ? bytes : answerBytes,
        storedSha256(),
        receivedAt,
        availability());
  }
}
