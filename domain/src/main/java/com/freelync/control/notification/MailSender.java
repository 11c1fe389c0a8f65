package com.freelync.control.notification;

/** The way out for mails. */
@FunctionalInterface
public interface MailSender {
  /**
   * Hands a mail to a mail server.
   *
   * @throws NotSent if it did not take it, or did not say so
   */
  void send(Mail mail);

  /**
   * A mail was not taken. The message names no address and no word of the mail, and there is no
   * cause: both would end up in the workflow's history.
   */
  final class NotSent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotSent(String reason) {
      super(reason);
    }
  }
}
