package com.freelync.control.notification;

import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.database.Transaction;
import com.freelync.control.webhook.WebhookInputs;
import com.freelync.control.webhook.Webhooks;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Tells people, in their inbox and by mail, or another system, by webhook or chat. */
public final class SendNotification implements Action.Transactional {
  private static final List<String> CHANNELS = List.of("in_app", "email", "webhook", "chat");
  private static final Set<String> OUTGOING = Set.of("webhook", "chat");

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "send_notification",
          List.of(
              new InputField(
                  "to",
                  FactType.ANY,
                  false,
                  "A role, a group such as finance, a subject, or a list of these; ADMIN unless"
                      + " said."),
              new InputField("channel", FactType.TEXT, false, "in_app unless said.", CHANNELS),
              new InputField("subject", FactType.TEXT, false, "One line; else made of the run."),
              new InputField("text", FactType.TEXT, false, "Plain text; else made of the run."),
              new InputField(
                  "template", FactType.TEXT, false, "Ready words.", MessageTemplate.names()),
              new InputField(
                  "values", FactType.ANY, false, "What fills the template's places, by name."),
              new InputField("url", FactType.TEXT, false, "Where webhook and chat go."),
              new InputField(
                  "secret",
                  FactType.TEXT,
                  false,
                  "The encrypted setting that signs a webhook; "
                      + Webhooks.SECRET
                      + " unless said.")),
          List.of(
              new OutputField("channel", FactType.TEXT),
              new OutputField("recipients", FactType.NUMBER),
              new OutputField("message_id", FactType.TEXT)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The people have it in their inbox, and by mail if asked; or a webhook is owed.",
          null,
          "Each person, and each system, is told once for the execution and the step.",
          new ActionLimits(1_000, 10_000, null));

  private final Notifications notifications;
  private final OutgoingMessages outgoing;
  private final Clock clock;

  public SendNotification(Notifications notifications, OutgoingMessages outgoing, Clock clock) {
    this.notifications = notifications;
    this.outgoing = outgoing;
    this.clock = clock;
  }

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Tells people in the app or by mail, or another system by webhook or chat.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Map<String, String> objections(Handle handle, Map<String, Object> with) {
    Map<String, String> objections = new LinkedHashMap<>();
    if (OUTGOING.contains(String.valueOf(with.get("channel")))) {
      if (!(with.get("url") instanceof String url)) {
        objections.put("url", "say here where it goes: events do not choose it");
      } else if (!url.contains("${")) {
        object(objections, "url", () -> WebhookInputs.url(url));
      }
    }
    String why = with.get("secret") instanceof String key ? Webhooks.objection(handle, key) : null;
    if (why != null) {
      objections.put("secret", why);
    }
    if (with.get("to") != null && !String.valueOf(with.get("to")).contains("${")) {
      object(objections, "to", () -> Recipients.of(with.get("to")));
    }
    return objections;
  }

  private static void object(Map<String, String> objections, String name, Runnable reading) {
    try {
      reading.run();
    } catch (ActionRefused refused) {
      objections.put(name, refused.reason());
    }
  }

  /** Whom a role had then is not known: one message for each call. */
  @Override
  public Hindsight hindsight(Request request) {
    return new Hindsight(null, Map.of(), BigDecimal.ZERO, 1, null);
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    String channel = channel(request);
    RunMessage message = RunMessage.of(handle, request);
    if (OUTGOING.contains(channel)) {
      OutgoingMessage owed = owed(handle, request, channel, message);
      return new Estimate(
          output(request, channel, 1),
          List.of(),
          BigDecimal.ZERO,
          1,
          "Would go to " + WebhookInputs.url(owed.url()).getHost() + ".");
    }
    int people = Recipients.of(request.input().get("to")).reached(handle).size();
    return new Estimate(
        output(request, channel, people), List.of(), BigDecimal.ZERO, people, message.subject());
  }

  @Override
  public Result perform(Transaction transaction, Request request) {
    String channel = channel(request);
    RunMessage message = RunMessage.of(transaction.handle(), request);
    if (OUTGOING.contains(channel)) {
      OutgoingMessage owed = owed(transaction.handle(), request, channel, message);
      Map<String, Object> output = output(request, channel, 1);
      return outgoing.owe(transaction, owed)
          ? Result.done(output, List.of())
          : Result.already(output);
    }
    Recipients recipients = Recipients.of(request.input().get("to"));
    int people = recipients.reached(transaction.handle()).size();
    Notice notice =
        new Notice(
            "automation/" + request.id(),
            recipients.roles(),
            recipients.subjects(),
            Set.of(),
            "automation.notification",
            message.subject(),
            message.text(),
            message.link(),
            channel.equals("email"));
    int told = notifications.tell(transaction, notice, request.run().requestId());
    Map<String, Object> output = output(request, channel, people);
    return told > 0 ? Result.done(output, List.of()) : Result.already(output);
  }

  private OutgoingMessage owed(Handle handle, Request request, String channel, RunMessage message) {
    String url = request.required("url").toString();
    WebhookInputs.url(url);
    // Inputs that a step leaves out are the trigger's: who sends events is not told by them.
    Map<String, Object> trigger = request.run().triggerData();
    if (url.equals(trigger.get("url")) && channel.equals(trigger.get("channel"))) {
      throw new ActionRefused("url", "the definition says where a message goes, no event");
    }
    String secret = request.text("secret");
    if (channel.equals("webhook")) {
      secret = Objects.requireNonNullElse(secret, Webhooks.SECRET);
    }
    String lack = secret == null ? null : Webhooks.lack(handle, secret);
    if (lack != null) {
      throw new ActionRefused("no_secret", lack);
    }
    return new OutgoingMessage(
        request.id(),
        channel,
        url,
        message.subject(),
        message.text(),
        message.link(),
        secret,
        request.run().actor(),
        request.run().requestId(),
        "OWED",
        null,
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private static String channel(Request request) {
    String channel = Objects.requireNonNullElse(request.text("channel"), "in_app");
    if (!CHANNELS.contains(channel)) {
      throw new ActionRefused("channel", "the channels are " + String.join(", ", CHANNELS));
    }
    return channel;
  }

  private static Map<String, Object> output(Request request, String channel, int recipients) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("channel", channel);
    output.put("recipients", BigDecimal.valueOf(recipients));
    output.put("message_id", request.id().toString());
    return output;
  }
}
