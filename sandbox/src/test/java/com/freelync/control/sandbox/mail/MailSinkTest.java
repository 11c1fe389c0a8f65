package com.freelync.control.sandbox.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.sandbox.http.TestClient;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SE-1b: the mail sink of the local stack")
class MailSinkTest {
  @Test
  void whatIsSentIsShown() throws Exception {
    try (var sink = MailSink.start(0, 0)) {
      var smtp = new ServerSetup(sink.smtpPort(), "127.0.0.1", "smtp");
      GreenMailUtil.sendTextEmail(
          "cfo@freelync.com", "control@freelync.com", "A payout waits", "4,200 <ETB>", smtp);
      var client = new TestClient(sink.address());
      var shown = client.get("/messages").body().get("items");
      assertThat(shown).hasSize(1);
      assertThat(shown.get(0).get("subject").asText()).isEqualTo("A payout waits");
      assertThat(shown.get(0).get("to").get(0).asText()).isEqualTo("cfo@freelync.com");
      assertThat(shown.get(0).get("text").asText()).isEqualTo("4,200 <ETB>");
      try (var page = sink.address().toURL().openStream()) {
        assertThat(new String(page.readAllBytes())).contains("4,200 &lt;ETB&gt;");
      }
      client.send("DELETE", "/messages", "");
      assertThat(sink.messages()).isEmpty();
    }
  }
}
