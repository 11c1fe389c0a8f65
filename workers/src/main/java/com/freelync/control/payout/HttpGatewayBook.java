package com.freelync.control.payout;

import com.fasterxml.jackson.databind.JsonNode;
import com.freelync.control.payout.Gateway.GatewayUnavailable;
import com.freelync.control.text.Excerpt;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The gateway's book over HTTP. A page with an entry that cannot be read is no answer. */
public final class HttpGatewayBook implements GatewayBook {
  private static final int PAGE = 200;
  private static final int LARGEST_PAGE = 1024 * 1024;
  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_POSITION = 1_000;
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final GatewayHttp http;

  public HttpGatewayBook(URI address, String apiKey) {
    this.http = new GatewayHttp(address, apiKey);
  }

  @Override
  public BookPage page(Instant from, Instant to, @Nullable String position) {
    String after = position == null ? "" : "&after=" + encoded(position);
    JsonNode page =
        http.list(
            "/book/entries?from=" + from + "&to=" + to + "&limit=" + PAGE + after, LARGEST_PAGE);
    return new BookPage(entries(page), next(page, position));
  }

  @Override
  public List<BookEntry> ofKey(String idempotencyKey) {
    return entries(
        http.list("/book/entries?idempotency_key=" + encoded(idempotencyKey), LARGEST_PAGE));
  }

  /** A book that stands still where it says that it goes on would be read for ever. */
  private static @Nullable String next(JsonNode page, @Nullable String position) {
    String next = GatewayText.text(page, "next");
    if (next.isEmpty()) {
      return null;
    }
    if (next.equals(position) || next.length() > LONGEST_POSITION || page.path("items").isEmpty()) {
      throw new GatewayUnavailable("its book does not go on");
    }
    return next;
  }

  private static List<BookEntry> entries(JsonNode page) {
    List<BookEntry> entries = new ArrayList<>();
    for (JsonNode item : page.path("items")) {
      entries.add(entry(item));
    }
    return entries;
  }

  private static BookEntry entry(JsonNode item) {
    try {
      BookEntryKind kind = BookEntryKind.valueOf(item.path("kind").asText());
      String payout = GatewayText.text(item, "payout_id");
      return new BookEntry(
          kind,
          GatewayText.reference(GatewayText.text(item, "id")),
          Excerpt.of(GatewayText.printable(GatewayText.text(item, "idempotency_key")), LONGEST_KEY),
          ID.matcher(payout).matches() ? UUID.fromString(payout) : null,
          Santim.of(new BigDecimal(item.path("amount").asText())),
          isDone(kind, item.path("status").asText()),
          Instant.parse(item.path("created_at").asText()));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw new GatewayUnavailable("its book has an entry that cannot be read", e);
    }
  }

  private static boolean isDone(BookEntryKind kind, String status) {
    boolean isDone = status.equals(kind.status(true));
    if (!isDone && !status.equals(kind.status(false))) {
      throw new IllegalArgumentException("no status of such an entry");
    }
    return isDone;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
