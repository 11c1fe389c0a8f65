package com.freelync.control.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.freelync.control.automation.Action.Estimate;
import com.freelync.control.automation.Action.Request;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.automation.ActionRefused;
import com.freelync.control.database.Cursor;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

@DisplayName("generate_report")
class GenerateReportTest {
  private static final String GENERATE = "generate_report";

  private final ActionFixture fixture = new ActionFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** The fixture's now is 10 March 2026, 09:30 in Addis Ababa. */
  private void sale(String at, String amount, String fee) {
    UUID seller = fixture.marketplace.goodSeller();
    UUID listing = fixture.marketplace.listing(seller, "=HYPERLINK(1)");
    fixture.change(
        """
        INSERT INTO marketplace.transactions (id, listing_id, buyer_id, seller_id, kind, status, amount, platform_fee,
               commission_fee, processor_fee, created_at, completed_at)
        VALUES (gen_random_uuid(), ?, ?, ?, 'DEPOSIT', 'COMPLETED', ?::numeric, ?::numeric, 0, 1, ?::timestamptz, ?::timestamptz)
        """,
        listing,
        seller,
        seller,
        amount,
        fee,
        at,
        at);
  }

  private String content(Result result) {
    UUID id = UUID.fromString(result.output().get("artifact_id").toString());
    return new String(fixture.api.actions.artifacts.content(id), StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("AU-5 AN-6: a CSV has each part, the whole, the period before and the change")
  void writesCsv() throws Exception {
    sale("2026-03-09T08:10+03:00", "1000.00", "50.00");
    sale("2026-03-09T23:59+03:00", "2000.00", "75.00");
    sale("2026-03-08T10:00+03:00", "4000.00", "100.00");
    Result result = fixture.perform(GENERATE, ActionFixture.request(Map.of("format", "CSV")));
    List<CSVRecord> rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(content(result)))
            .getRecords();
    assertThat(rows.stream().filter(row -> row.get("scope").equals("hourly"))).hasSize(24);
    assertThat(result.output()).containsEntry("rows", new BigDecimal("24"));
    assertThat(value(rows, "hourly", "2026-03-09T08:00")).isEqualTo("50.00");
    assertThat(value(rows, "hourly", "2026-03-09T09:00")).isEqualTo("0.00");
    assertThat(value(rows, "total", "2026-03-09T00:00")).isEqualTo("125.00");
    assertThat(value(rows, "previous", "2026-03-08T00:00")).isEqualTo("100.00");
    assertThat(value(rows, "change_percent", "")).isEqualTo("25.00");
    assertThat(value(rows, "region", "'=HYPERLINK(1)")).as("no formula").isEqualTo("125.00");
  }

  private static String value(List<CSVRecord> rows, String scope, String name) {
    return rows.stream()
        .filter(row -> row.get("scope").equals(scope) && row.get("name").equals(name))
        .map(row -> row.get("platform_revenue"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("AU-5: HTML is well-formed, self-contained, and text of people stays text")
  void writesHtml() throws Exception {
    sale("2026-03-05T08:00+03:00", "1000.00", "123.00");
    Result result =
        fixture.perform(
            GENERATE,
            ActionFixture.request(
                Map.of(
                    "format",
                    "HTML",
                    "period",
                    "WEEKLY",
                    "title",
                    "<script>alert('ሰላም')</script> & co")));
    String html = content(result);
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    var page = parsers.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo("<script>alert('ሰላም')</script> & co");
    assertThat(html).doesNotContain("src=", "href=", "@import");
    assertThat(page.getElementsByTagName("body").item(0).getTextContent())
        .contains("Mon 2 Mar 2026 – Sun 8 Mar 2026", "Day by day", "Thu 5 Mar", "Numbers as of");
    assertThat(result.output()).containsEntry("rows", new BigDecimal("7"));
  }

  @Test
  @DisplayName("AU-5: the same call gives the same artifact, by several at once, and tells once")
  void isMadeOnce() throws Exception {
    Request request = ActionFixture.request(Map.of("to", "finance"));
    Estimate estimate = fixture.estimate(GENERATE, request);
    assertThat(fixture.count("SELECT count(*) FROM control.report_artifact")).isZero();
    List<Result> results = fixture.performAtOnce(3, GENERATE, request);
    assertThat(results).extracting(Result::isNew).containsOnlyOnce(true);
    assertThat(results).extracting(Result::output).containsOnly(estimate.output());
    sale("2026-03-09T08:00+03:00", "1000.00", "50.00");
    assertThat(fixture.perform(GENERATE, request).output()).isEqualTo(estimate.output());
    assertThat(fixture.count("SELECT count(*) FROM control.report_artifact")).isEqualTo(1);
    assertThat(fixture.api.inbox.list("cfo", null, Cursor.START, 10))
        .singleElement()
        .satisfies(message -> assertThat(message.link()).isEqualTo(estimate.output().get("link")));
    Artifact artifact = fixture.api.actions.artifacts.find(request.id());
    assertThat(artifact.fileName()).isEqualTo("freelync-daily-2026-03-09.pdf");
    assertThat(artifact.executionId()).isEqualTo(request.run().executionId());
    assertThat(artifact.step()).isEqualTo("/actions/0");
    assertThat(fixture.api.audit.actionsOn(artifact.id().toString()))
        .containsExactly("report.create");
  }

  @Test
  @DisplayName("AU-5 OP-2: a report is never changed, and is removed only when its time is over")
  void isKept() {
    Request request = ActionFixture.request(Map.of("format", "CSV"));
    fixture.perform(GENERATE, request);
    for (String sql :
        List.of(
            "UPDATE control.report_artifact SET title = 'other'",
            "DELETE FROM control.report_artifact",
            "TRUNCATE control.report_artifact")) {
      assertThatThrownBy(
              () ->
                  fixture.database.as("control_owner").transaction(tx -> tx.handle().execute(sql)))
          .as(sql)
          .isInstanceOf(JdbiException.class);
    }
    // The database's own clock decides: a report of long ago may go.
    fixture.clock.set(
        fixture.clock.instant().minus(GenerateReport.KEPT.plus(Duration.ofDays(300))));
    fixture.perform(GENERATE, ActionFixture.request(Map.of("format", "CSV")));
    fixture.clock.set(fixture.clock.instant().plus(GenerateReport.KEPT.plus(Duration.ofDays(300))));
    fixture.perform(GENERATE, ActionFixture.request(Map.of("format", "CSV")));
    assertThat(fixture.api.actions.artifacts.list(Cursor.START, 10)).hasSize(2);
  }

  @Test
  @DisplayName("AU-5: refuses formats, periods, titles and people that are none")
  void refuses() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("format", "DOC"),
            Map.of("period", "HOURLY"),
            Map.of("title", " \n "),
            Map.of("title", "x".repeat(201)),
            Map.of("to", "nobody"))) {
      assertThatThrownBy(() -> fixture.perform(GENERATE, ActionFixture.request(wrong)))
          .as("%s", wrong)
          .isInstanceOf(ActionRefused.class);
    }
    assertThat(fixture.count("SELECT count(*) FROM control.report_artifact")).isZero();
  }
}
