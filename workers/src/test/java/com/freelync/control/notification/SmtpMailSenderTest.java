package com.freelync.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.freelync.control.notification.MailSender.NotSent;
import com.freelync.control.notification.MailSettings.Tls;
import com.freelync.control.sandbox.mail.MailSink;
import com.freelync.control.sandbox.mail.ReceivedMail;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SmtpMailSenderTest {
  private static final UUID ID = UUID.randomUUID();

  private static SmtpMailSender to(int port, Tls tls) {
    return new SmtpMailSender(
        new MailSettings("127.0.0.1", port, tls, null, null, "control@freelync.com", "https://c/"));
  }

  @Test
  @DisplayName("SE-4: neither subject nor address can add a header or a recipient")
  void refusesInjection() {
    try (MailSink sink = MailSink.start(0, 0)) {
      MailSender sender = to(sink.smtpPort(), Tls.NONE);
      for (Mail mail :
          new Mail[] {
            new Mail(ID, "cfo@freelync.com\r\nBcc: x@y.zz", "s", "t", ""),
            new Mail(ID, "cfo@freelync.com,x@y.zz", "s", "t", ""),
            new Mail(ID, "cfo@freelync.com", "s\r\nBcc: x@y.zz", "t", ""),
            new Mail(ID, "cfo@freelync.com", "s\nX-Other: 1", "t", ""),
          }) {
        assertThatThrownBy(() -> sender.send(mail))
            .as("%s / %s", mail.to(), mail.subject())
            .isInstanceOf(NotSent.class)
            .hasNoCause()
            .hasMessageNotContaining("freelync");
      }
      assertThat(sink.messages()).isEmpty();
      sender.send(
          new Mail(
              ID,
              "cfo@freelync.com",
              "Ein Grüß – ✓",
              "a\n.\nb\r\nBcc: x@y.zz",
              "javascript:alert(1)"));
      ReceivedMail mail = sink.messages().getFirst();
      assertThat(mail.to()).containsExactly("cfo@freelync.com");
      assertThat(mail.subject()).isEqualTo("Ein Grüß – ✓");
      assertThat(mail.text().lines()).startsWith("a", ".", "b", "Bcc: x@y.zz");
      assertThat(mail.html()).doesNotContain("href");
    }
  }

  @Test
  @DisplayName("SE-1b: where TLS is required, a server without it gets nothing")
  void requiresTls() {
    try (MailSink sink = MailSink.start(0, 0)) {
      assertThatThrownBy(
              () ->
                  to(sink.smtpPort(), Tls.REQUIRED)
                      .send(new Mail(ID, "cfo@freelync.com", "s", "t", "")))
          .isInstanceOf(NotSent.class);
      assertThat(sink.messages()).isEmpty();
    }
  }

  @Test
  @DisplayName("SE-6: why a mail was not sent is said without address and cause")
  void saysWhy() {
    NotSent failure =
        catchThrowableOfType(
            NotSent.class,
            () -> to(1, Tls.NONE).send(new Mail(ID, "cfo@freelync.com", "s", "t", "/a")));
    assertThat(failure)
        .hasMessage("The mail could not be handed over: ConnectException")
        .hasNoCause();
  }
}
