package org.vigil.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A self-signed certificate with its key, both as PEM files. */
record Certificate(String name, String pem, String key) {
  static Certificate make(Path folder, String name) throws IOException {
    Path own = Files.createTempDirectory(folder, name);
    String pem = own.resolve("cert.pem").toString();
    String key = own.resolve("key.pem").toString();
    Program.Result made =
        Program.OPENSSL.run(
            "req",
            "-x509",
            "-newkey",
            "rsa:3072",
            "-nodes",
            "-days",
            "60",
            "-sha256",
            "-subj",
            "/CN=" + name,
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            key,
            "-out",
            pem);
    assertThat(made.exitCode()).as(made.output()).isZero();
    return new Certificate(name, pem, key);
  }

  String text() {
    try {
      return Files.readString(Path.of(pem));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
