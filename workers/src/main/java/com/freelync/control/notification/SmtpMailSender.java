package com.freelync.control.notification;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Mails over SMTP. It connects for each mail, so a worker starts while the server is away. */
public final class SmtpMailSender implements MailSender {
  private static final int PATIENCE_MILLIS = 15_000;

  private final MailSettings settings;
  private final Mailer mailer;

  public SmtpMailSender(MailSettings settings) {
    this.settings = settings;
    this.mailer =
        MailerBuilder.withSMTPServer(
                settings.host(), settings.port(), settings.user(), settings.password())
            .withTransportStrategy(strategy(settings.tls()))
            .trustingAllHosts(false)
            .verifyingServerIdentity(true)
            .withSessionTimeout(PATIENCE_MILLIS)
            .buildMailer();
  }

  @Override
  public void send(Mail mail) {
    MailBody body = MailBody.of(mail, settings.publicUrl());
    try {
      mailer.sendMail(
          EmailBuilder.startingBlank()
              .fixingMessageId(messageId(mail.inboxId()))
              .from(settings.from())
              .to(one(mail.to()))
              .withSubject(mail.subject())
              .withPlainText(body.plain())
              .withHTMLText(body.html())
              // Mails from programs: no out-of-office answer comes back (RFC 3834).
              .withHeader("Auto-Submitted", "auto-generated")
              .buildEmail(),
          false);
    } catch (AddressException | RuntimeException e) {
      throw new NotSent(reason(e));
    }
  }

  /** One address and nothing else: the library would read a text as a list of them. */
  private static InternetAddress one(String address) throws AddressException {
    if (address.chars().anyMatch(Character::isISOControl)) {
      throw new AddressException("not an address");
    }
    return new InternetAddress(address, true);
  }

  /** The same for every sending of a mail: mail readers show the two as one. */
  private String messageId(UUID inboxId) {
    String domain = settings.from().replaceFirst("^.*@", "").replaceFirst(">$", "");
    return "<inbox-" + inboxId + "@" + domain + ">";
  }

  private static TransportStrategy strategy(MailSettings.Tls tls) {
    return switch (tls) {
      case REQUIRED -> TransportStrategy.SMTP_TLS;
      case IMPLICIT -> TransportStrategy.SMTPS;
      case NONE -> {
        TransportStrategy plain = TransportStrategy.SMTP;
        plain.setOpportunisticTLS(false);
        yield plain;
      }
    };
  }

  /** Why it was not sent, in words that hold neither the address nor the server's own words. */
  private static String reason(Exception failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      int code =
          switch (cause) {
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSenderFailedException refused -> refused.getReturnCode();
            case SMTPSendFailedException refused -> refused.getReturnCode();
            default -> 0;
          };
      if (code > 0) {
        return "The mail server answered " + code;
      }
      root = cause;
    }
    return "The mail could not be handed over: " + root.getClass().getSimpleName();
  }
}
