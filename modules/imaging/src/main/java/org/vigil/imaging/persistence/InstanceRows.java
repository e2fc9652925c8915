package org.vigil.imaging.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import org.vigil.imaging.domain.ObjectHeader;
import org.vigil.imaging.persistence.StudyRepository.NewInstance;

/**
 * New rows of {@code instance}, all in one round trip. By JDBC: Hibernate translates an {@code
 * insert ... on conflict} anew each time, which costs more than PostgreSQL's work on it.
 */
final class InstanceRows {
  private static final String INSERT =
      "insert into instance (sop_instance_uid, study_instance_uid, series_instance_uid,"
          + " sop_class_uid, transfer_syntax_uid, instance_number, origin, image_rows,"
          + " image_columns, number_of_frames, bits_stored, photometric_interpretation, body_part,"
          + " view_position, patient_age, has_pixel_data, bytes, sha256, location, stored_as,"
          + " received_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " on conflict do nothing";

  private InstanceRows() {}

  /** Whether each was created, in their order. */
  static boolean[] insert(Connection connection, List<NewInstance> instances) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (NewInstance instance : instances) {
        bind(insert, instance);
        insert.addBatch();
      }
      int[] counts = insert.executeBatch();
      boolean[] created = new boolean[counts.length];
      for (int i = 0; i < counts.length; i++) {
        created[i] = counts[i] == 1;
      }
      return created;
    }
  }

  private static void bind(PreparedStatement row, NewInstance instance) throws SQLException {
    ObjectHeader h = instance.header();
    int at = 0;
    row.setString(++at, h.instance().value());
    row.setString(++at, h.study().value());
    row.setString(++at, h.series().value());
    row.setString(++at, h.sopClassUid());
    row.setString(++at, instance.transferSyntaxUid());
    row.setObject(++at, h.instanceNumber(), Types.INTEGER);
    row.setString(++at, instance.origin().name());
    row.setInt(++at, h.rows());
    row.setInt(++at, h.columns());
    row.setInt(++at, h.numberOfFrames());
    row.setInt(++at, h.bitsStored());
    row.setString(++at, h.photometricInterpretation());
    row.setString(++at, h.bodyPart());
    row.setString(++at, h.viewPosition());
    row.setString(++at, h.patientAge());
    row.setBoolean(++at, h.hasPixelData());
    row.setLong(++at, instance.bytes());
    row.setString(++at, instance.sha256());
    row.setString(++at, instance.location());
    row.setObject(++at, instance.storedAs());
    row.setObject(++at, instance.receivedAt().atOffset(ZoneOffset.UTC));
  }
}
