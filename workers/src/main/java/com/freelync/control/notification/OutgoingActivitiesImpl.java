package com.freelync.control.notification;

import com.freelync.control.webhook.WebhookAnswer;
import com.freelync.control.webhook.WebhookNotTaken;
import com.freelync.control.worker.RequestIds;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is to be sent and where only here, where it goes out. */
public final class OutgoingActivitiesImpl implements OutgoingActivities {
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingActivitiesImpl.class);

  private final OutgoingMessages messages;

  public OutgoingActivitiesImpl(OutgoingMessages messages) {
    this.messages = messages;
  }

  @Override
  public Outcome deliver(OutgoingInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      Optional<WebhookAnswer> answer = messages.deliver(input.messageId());
      if (answer.isEmpty()) {
        return Outcome.NOT_NEEDED;
      }
      return switch (answer.get()) {
        case WebhookAnswer.Taken taken -> Outcome.SENT;
        case WebhookAnswer.NotNow notNow -> throw new WebhookNotTaken(notNow.reason());
        case WebhookAnswer.Refused refused -> {
          LOG.warn("The message {} was refused: {}", input.messageId(), refused.reason());
          yield Outcome.REFUSED;
        }
      };
    }
  }

  @Override
  public void giveUp(OutgoingInput input) {
    try (var ignored = RequestIds.put(input.requestId())) {
      messages.giveUp(input.messageId());
      LOG.warn("The message {} was given up", input.messageId());
    }
  }
}
