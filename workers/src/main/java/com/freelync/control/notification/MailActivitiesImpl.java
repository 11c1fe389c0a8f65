package com.freelync.control.notification;

import com.freelync.control.worker.RequestIds;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is to be sent and to whom only here, where it goes to the mail server. */
public final class MailActivitiesImpl implements MailActivities {
  private static final Logger LOG = LoggerFactory.getLogger(MailActivitiesImpl.class);

  private final OwedMails mails;
  private final MailSender sender;

  public MailActivitiesImpl(OwedMails mails, MailSender sender) {
    this.mails = mails;
    this.sender = sender;
  }

  @Override
  public Outcome send(MailInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      Optional<Mail> mail = mails.find(input.inboxId());
      if (mail.isEmpty()) {
        mails.withoutAddress(input.inboxId());
        return Outcome.NOT_NEEDED;
      }
      sender.send(mail.get());
      mails.sent(input.inboxId());
      return Outcome.SENT;
    }
  }

  @Override
  public void giveUp(MailInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      mails.givenUp(input.inboxId());
      LOG.warn("The mail of inbox message {} was given up", input.inboxId());
    }
  }
}
