package com.freelync.control.report;

import com.freelync.control.analytics.Analytics;
import com.freelync.control.analytics.BusinessTime;
import com.freelync.control.analytics.MetricPeriod;
import com.freelync.control.analytics.PeriodInput;
import com.freelync.control.analytics.Reading;
import com.freelync.control.audit.Actor;
import com.freelync.control.audit.AuditEntry;
import com.freelync.control.audit.AuditLog;
import com.freelync.control.automation.Action;
import com.freelync.control.automation.ActionLimits;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.automation.Foreseen;
import com.freelync.control.automation.Vocabulary.ActionSignature;
import com.freelync.control.automation.Vocabulary.FactType;
import com.freelync.control.automation.Vocabulary.InputField;
import com.freelync.control.automation.Vocabulary.OutputField;
import com.freelync.control.database.Database;
import com.freelync.control.database.Transaction;
import com.freelync.control.notification.Notice;
import com.freelync.control.notification.Notifications;
import com.freelync.control.notification.Recipients;
import com.google.common.hash.Hashing;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes a report of the period that ended last, keeps it, and tells people where it is. */
public final class GenerateReport implements Action.Outside {
  /** How long a report is kept at least. */
  static final Duration KEPT = Duration.ofDays(400);

  private static final int LARGEST = 5 * 1024 * 1024;
  private static final int LONGEST_TITLE = 200;

  private static final MetricPeriod[] PERIODS = {
    MetricPeriod.DAILY, MetricPeriod.WEEKLY, MetricPeriod.MONTHLY, MetricPeriod.YEARLY
  };

  private static final ActionSignature SIGNATURE =
      new ActionSignature(
          "generate_report",
          List.of(
              new InputField(
                  "format",
                  FactType.TEXT,
                  false,
                  "PDF unless said.",
                  List.of("CSV", "HTML", "PDF")),
              new InputField(
                  "period",
                  FactType.TEXT,
                  false,
                  "How long the period is that ended last; DAILY unless said.",
                  List.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
              new InputField("title", FactType.TEXT, false, "Its title."),
              new InputField(
                  "to",
                  FactType.ANY,
                  false,
                  "Who is told in their inbox: a role, a group, a subject, or a list of these;"
                      + " ADMIN unless said.")),
          List.of(
              new OutputField("artifact_id", FactType.TEXT),
              new OutputField("link", FactType.TEXT),
              new OutputField("rows", FactType.NUMBER),
              new OutputField("format", FactType.TEXT),
              new OutputField("title", FactType.TEXT),
              new OutputField("from", FactType.TIME),
              new OutputField("to", FactType.TIME)),
          false);

  private static final Traits TRAITS =
      new Traits(
          "The report is kept for 400 days, and people have its link in their inbox.",
          null,
          "The report's id is made of the execution and the step: asking again finds it.",
          ActionLimits.NONE);

  private final Database database;
  private final Analytics analytics;
  private final Notifications notifications;
  private final AuditLog audit;
  private final PdfPrinter printer;
  private final Clock clock;

  public GenerateReport(
      Database database,
      Analytics analytics,
      Notifications notifications,
      AuditLog audit,
      PdfPrinter printer,
      Clock clock) {
    this.database = database;
    this.analytics = analytics;
    this.notifications = notifications;
    this.audit = audit;
    this.printer = printer;
    this.clock = clock;
  }

  private record Asked(
      ReportFormat format,
      MetricPeriod period,
      LocalDateTime from,
      String title,
      Recipients recipients) {}

  @Override
  public ActionSignature signature() {
    return SIGNATURE;
  }

  @Override
  public String summary() {
    return "Makes a report as CSV, HTML or PDF and keeps it for download.";
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public Estimate estimate(Handle handle, Request request, Foreseen foreseen) {
    Asked asked = asked(request);
    int people = asked.recipients().reached(handle).size();
    Report report = Report.read(new Reading(handle), asked.title(), asked.period(), asked.from());
    Artifact artifact = artifact(request, asked, report, new byte[] {0});
    return new Estimate(
        output(artifact), List.of(entity(artifact)), BigDecimal.ZERO, people, artifact.title());
  }

  @Override
  public Result perform(Request request) {
    Optional<Artifact> before =
        database.read(handle -> handle.attach(ArtifactDao.class).find(request.id()));
    if (before.isPresent()) {
      return Result.already(output(before.get()));
    }
    Asked asked = asked(request);
    database.read(handle -> asked.recipients().reached(handle));
    Report report =
        analytics.read(
            reading -> Report.read(reading, asked.title(), asked.period(), asked.from()));
    byte[] content = write(report, asked.format());
    if (content.length > LARGEST) {
      throw new ActionRefused("too_large", "the report is larger than 5 MiB");
    }
    Artifact made = artifact(request, asked, report, content);
    return database.transaction(
        transaction -> keep(transaction, request, made, content, asked.recipients()));
  }

  /** Of two attempts at once one keeps its report, and both give that one. */
  private Result keep(
      Transaction transaction,
      Request request,
      Artifact made,
      byte[] content,
      Recipients recipients) {
    ArtifactDao dao = transaction.attach(ArtifactDao.class);
    if (dao.insert(made, content) == 0) {
      return Result.already(output(dao.find(made.id()).orElseThrow()));
    }
    dao.removeExpired(made.createdAt());
    notifications.tell(
        transaction,
        new Notice(
            "report/" + made.id(),
            recipients.roles(),
            recipients.subjects(),
            Set.of(),
            "report.ready",
            made.title(),
            "The report “" + made.title() + "” is ready: " + made.fileName(),
            made.link(),
            false),
        request.run().requestId());
    Map<String, Object> details = new LinkedHashMap<>(request.run().trace());
    details.put("format", made.format().name());
    details.put("sha256", made.sha256());
    audit.record(
        transaction,
        AuditEntry.allowed(
            new Actor(request.run().actor(), request.run().requestId()),
            "report.create",
            "report",
            made.id().toString(),
            details));
    return Result.done(output(made), List.of(entity(made)));
  }

  private byte[] write(Report report, ReportFormat format) {
    return switch (format) {
      case CSV -> CsvReport.of(report);
      case HTML -> HtmlReport.of(report).getBytes(StandardCharsets.UTF_8);
      case PDF -> printer.print(HtmlReport.of(report));
    };
  }

  private Asked asked(Request request) {
    MetricPeriod period = PeriodInput.of(request, PERIODS);
    LocalDateTime from = period.plus(period.start(BusinessTime.at(clock.instant())), -1);
    return new Asked(
        format(request.text("format")),
        period,
        from,
        title(request.text("title"), period, from),
        Recipients.of(request.input().get("to")));
  }

  private static ReportFormat format(@Nullable String name) {
    return switch (Objects.requireNonNullElse(name, "PDF")) {
      case "CSV" -> ReportFormat.CSV;
      case "HTML" -> ReportFormat.HTML;
      case "PDF" -> ReportFormat.PDF;
      default -> throw new ActionRefused("format", "the formats are CSV, HTML and PDF");
    };
  }

  private static String title(@Nullable String given, MetricPeriod period, LocalDateTime from) {
    if (given == null) {
      String word = period.wireName();
      return word.substring(0, 1).toUpperCase(Locale.ROOT)
          + word.substring(1)
          + " report, "
          + from.toLocalDate();
    }
    String title = given.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\uFFFE\\uFFFF]+", " ").strip();
    if (title.isEmpty() || title.length() > LONGEST_TITLE) {
      throw new ActionRefused("title", "title has 1 to " + LONGEST_TITLE + " characters");
    }
    return title;
  }

  private Artifact artifact(Request request, Asked asked, Report report, byte[] content) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Artifact(
        request.id(),
        request.run().executionId(),
        request.place().toString(),
        asked.title(),
        asked.format(),
        asked.period().name(),
        report.from(),
        report.to(),
        report.parts().size(),
        content.length,
        Hashing.sha256().hashBytes(content).toString(),
        request.run().actor(),
        now,
        now.plus(KEPT));
  }

  private static EntityRef entity(Artifact artifact) {
    return new EntityRef("report", artifact.id().toString());
  }

  private static Map<String, Object> output(Artifact artifact) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("artifact_id", artifact.id().toString());
    output.put("link", artifact.link());
    output.put("rows", BigDecimal.valueOf(artifact.rowCount()));
    output.put("format", artifact.format().name());
    output.put("title", artifact.title());
    output.put("from", BusinessTime.instant(artifact.periodStart()).toString());
    output.put("to", BusinessTime.instant(artifact.periodEnd()).toString());
    return output;
  }
}
