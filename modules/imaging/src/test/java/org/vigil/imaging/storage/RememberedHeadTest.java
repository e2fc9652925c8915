package org.vigil.imaging.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.vigil.dicom.data.ByteSource;

class RememberedHeadTest {
  private static final byte[] WHOLE = "0123456789abcdef".getBytes();

  private final AtomicInteger opened = new AtomicInteger();
  private final ByteSource file =
      new ByteSource() {
        @Override
        public InputStream open(long offset) {
          opened.incrementAndGet();
          return new ByteArrayInputStream(WHOLE, (int) offset, WHOLE.length - (int) offset);
        }

        @Override
        public long length() {
          return WHOLE.length;
        }
      };
  private final ByteSource source = new RememberedHead(WHOLE.clone(), 6, file, WHOLE.length);

  @Test
  void isReadFromAnyOffsetAsTheFileIs() throws IOException {
    for (int offset = 0; offset <= WHOLE.length; offset++) {
      try (InputStream in = source.open(offset)) {
        assertThat(in.readAllBytes()).isEqualTo(file.open(offset).readAllBytes());
      }
    }
  }

  @Test
  void skipsAcrossTheEndOfTheHeadAndBehindIt() throws IOException {
    try (InputStream in = source.open(2)) {
      assertThat(in.read()).isEqualTo('2');
      in.skipNBytes(5);
      assertThat(in.read()).isEqualTo('8');
      in.skipNBytes(3);
      assertThat(in.readAllBytes()).isEqualTo("cdef".getBytes());
      assertThat(in.skip(1)).isZero();
    }
  }

  @Test
  void theFileStaysClosedWhereOnlyTheHeadIsRead() throws IOException {
    try (InputStream in = source.open(0)) {
      assertThat(in.readNBytes(6)).isEqualTo("012345".getBytes());
      in.skipNBytes(10);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(opened).hasValue(0);
  }
}
