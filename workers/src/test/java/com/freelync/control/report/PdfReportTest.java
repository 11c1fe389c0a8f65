package com.freelync.control.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.freelync.control.WaysOut;
import com.freelync.control.automation.Action.Result;
import com.freelync.control.automation.ActionFixture;
import com.freelync.control.webhook.WebhookSender;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A report in print")
class PdfReportTest {
  private static ActionFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new ActionFixture(new WaysOut(WebhookSender.NONE, new OpenHtmlPdfPrinter()));
    // The fixture's now is 10 March 2026: of the month before, day by day.
    for (int day = 1; day <= 28; day++) {
      sale("2026-02-%02dT10:00+03:00".formatted(day), "1000.00", day * 11 + ".25");
    }
    sale("2026-01-15T10:00+03:00", "9000.00", "2000.00");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static void sale(String at, String amount, String fee) {
    UUID seller = fixture.marketplace.goodSeller();
    UUID listing = fixture.marketplace.listing(seller, "Adama");
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

  private static byte[] pdf(Map<String, Object> input) {
    Result result = fixture.perform("generate_report", ActionFixture.request(input));
    return fixture.api.actions.artifacts.content(
        UUID.fromString(result.output().get("artifact_id").toString()));
  }

  @Test
  @DisplayName("AU-5: a month is one page with its numbers, the month before, and each day")
  void hasItsNumbers() throws Exception {
    byte[] pdf = pdf(Map.of("period", "MONTHLY", "title", "February ሪፖርት & <co>"));
    try (PDDocument document = Loader.loadPDF(pdf)) {
      String text = new PDFTextStripper().getText(document);
      assertThat(document.getNumberOfPages()).isEqualTo(1);
      assertThat(text)
          .contains("February ሪፖርት & <co>")
          // 28 days: the sum of 11 to 308, and 28 times 0.25.
          .contains("Platform revenue, ETB 4,473.00 2,000.00 +123.65 %")
          .contains("Transaction count 28 1 +2,700.00 %")
          .contains("Net revenue, ETB 4,445.00 1,999.00 +122.36 %")
          .contains("Sun 1 Feb 11.25", "Sat 28 Feb 308.25")
          .contains("Numbers as of")
          .contains("against the month before");
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("February ሪፖርት & <co>");
    }
  }

  @Test
  @DisplayName("AU-5: its fonts are in it, so that it looks the same everywhere")
  void hasItsFonts() throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf(Map.of("title", "ሰላም")))) {
      Set<String> fonts = new HashSet<>();
      for (PDPage page : document.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          var font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).as(font.getName()).isTrue();
          fonts.add(font.getName().replaceFirst("^[A-Z]{6}\\+", ""));
        }
      }
      assertThat(fonts).allMatch(name -> name.startsWith("NotoSansEthiopic")).hasSize(2);
      assertThat(document.getNumberOfPages()).as("24 hours fit on a page").isEqualTo(1);
    }
  }

  @Test
  @DisplayName("SE-5: a page that names what is elsewhere fetches nothing")
  void fetchesNothing() throws Exception {
    byte[] pdf =
        new OpenHtmlPdfPrinter()
            .print(
                "<html><head><link rel='stylesheet' href='http://127.0.0.1:1/a.css'/></head>"
                    + "<body>text<img src='file:///etc/hostname'/></body></html>");
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(new PDFTextStripper().getText(document)).contains("text");
    }
  }
}
