package org.vigil.dicom.net;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.vigil.dicom.data.UID;
import org.vigil.dicom.io.DicomReader;

/** The upper layer: protocol data units, what associations negotiate, and command sets. */
class PduFuzzTest {
  private static final int DATA_TF = 4;

  @FuzzTest(maxDuration = "5m")
  void read(byte[] input) throws IOException {
    fuzzerTestOneInput(input);
  }

  static void fuzzerTestOneInput(byte[] input) throws IOException {
    try (PduChannel channel = new PduChannel(new Peer(input), 16 * 1024)) {
      while (true) {
        int type = channel.nextPdu();
        if (type == DATA_TF) {
          data(channel);
        } else {
          byte[] body = channel.body();
          if (type == 1 || type == 2) {
            AssociatePduDecoder.decode(body);
          }
        }
      }
    } catch (IOException e) {
      // The peer broke the protocol, or has nothing more to say.
    }
  }

  private static void data(PduChannel channel) throws IOException {
    while (channel.pduHasMore()) {
      PduChannel.Pdv pdv = channel.nextPdv();
      byte[] bytes = new byte[pdv.length()];
      int there = 0;
      while (there < bytes.length) {
        int n = channel.readData(bytes, there, bytes.length - there);
        if (n <= 0) {
          throw new IOException("no more");
        }
        there += n;
      }
      DicomReader.readDataset(new ByteArrayInputStream(bytes), UID.ImplicitVRLittleEndian);
    }
  }

  /** A peer that says what the fuzzer says. */
  private static final class Peer extends Socket {
    private final InputStream in;

    Peer(byte[] input) {
      in = new ByteArrayInputStream(input);
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void setSoTimeout(int millis) {}

    @Override
    public void setTcpNoDelay(boolean on) {}
  }
}
