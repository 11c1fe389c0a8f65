package com.freelync.control.sandbox.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.sandbox.http.TestClient;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;
import jakarta.mail.Transport;
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

  @Test
  void theNewestThousandAreKeptAndFoundByAddress() throws Exception {
    try (var sink = MailSink.start(0, 0)) {
      var smtp = new ServerSetup(sink.smtpPort(), "127.0.0.1", "smtp");
      GreenMailUtil.sendTextEmail("ceo@freelync.com", "c@freelync.com", "The oldest", "x", smtp);
      Session session = GreenMailUtil.getSession(smtp);
      try (Transport transport = session.getTransport("smtp")) {
        transport.connect();
        for (int i = 0; i < MailSink.MOST; i++) {
          var message =
              GreenMailUtil.createTextEmail(
                  "Cfo <cfo@freelync.com>", "c@freelync.com", "Number " + i, "x", smtp);
          transport.sendMessage(message, message.getAllRecipients());
        }
      }
      assertThat(sink.messages()).hasSize(MailSink.MOST);
      assertThat(sink.messages().getFirst().subject()).isEqualTo("Number 999");
      var client = new TestClient(sink.address());
      assertThat(client.get("/messages?to=CFO@freelync.com").body().get("items")).hasSize(1_000);
      assertThat(client.get("/messages?to=ceo@freelync.com").body().get("items")).isEmpty();
      try (var page = sink.address().toURL().openStream()) {
        assertThat(new String(page.readAllBytes()))
            .contains("1000 messages", "Number 999")
            .doesNotContain("Number 899<");
      }
    }
  }
}
