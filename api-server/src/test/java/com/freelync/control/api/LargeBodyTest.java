package com.freelync.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

@DisplayName("SE-4: who sends too much still reads why")
class LargeBodyTest {
  private static final int SIZE = 5 * 1024 * 1024;
  private final TestApi api = TestApi.running();

  /** A sender that reads nothing before it has sent everything. */
  @RepeatedTest(40)
  void theAnswerArrivesAfterTheWholeBodyWasSent() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.address.getPort())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST /events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
              + api.token("marketplace")
              + "\r\nConnection: close\r\nContent-Length: "
              + SIZE
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = new byte[64 * 1024];
      for (int sent = 0; sent < SIZE; sent += chunk.length) {
        socket.getOutputStream().write(chunk);
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413").contains("/problems/too-large");
    }
  }
}
