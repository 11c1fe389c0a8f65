package com.freelync.control.webhook;

import com.freelync.control.text.Excerpt;
import com.freelync.control.webhook.CheckedResolver.NotPublic;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks over HTTP, signed by Standard Webhooks 1. No redirect is followed, no proxy asked, no
 * connection kept, and no more read than anybody needs.
 */
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {
  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final int LONGEST_EXCERPT = 2_000;

  private final CheckedResolver resolver;
  private final CloseableHttpClient http;
  private final Clock clock;
  private final Duration longest;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhook-deadlines").factory());

  public HttpWebhookSender(WebhookSettings settings, Clock clock) {
    this(settings, clock, SystemDefaultDnsResolver.INSTANCE, Duration.ofSeconds(20));
  }

  /**
   * One that looks names up in its own way.
   *
   * @param longest how long a call may take, from the connection to the last byte of its answer
   */
  HttpWebhookSender(WebhookSettings settings, Clock clock, DnsResolver names, Duration longest) {
    this.resolver =
        new CheckedResolver(
            names,
            settings.allowedHosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    this.clock = clock;
    this.longest = longest;
    Timeout patience = Timeout.ofMilliseconds(longest.toMillis());
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(resolver)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.ofSeconds(5))
                            .setSocketTimeout(patience)
                            .build())
                    .setMaxConnTotal(100)
                    .setMaxConnPerRoute(20)
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(patience)
                    .setResponseTimeout(patience)
                    .build())
            .setConnectionReuseStrategy((request, response, context) -> false)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("FreeLync-Control-Center")
            .build();
  }

  @Override
  public WebhookAnswer send(WebhookCall call) {
    String scheme = call.url().getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !resolver.allows(call.url().getHost())) {
      return new WebhookAnswer.Refused("Webhooks go out by https, but to hosts that are allowed.");
    }
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.url());
    byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    call.headers().forEach(request::setHeader);
    String unsigned = sign(call, request);
    if (unsigned != null) {
      return new WebhookAnswer.Refused(unsigned);
    }
    ScheduledFuture<?> deadline =
        deadlines.schedule(request::cancel, longest.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return http.execute(request, HttpWebhookSender::answer);
    } catch (IOException e) {
      return unanswered(e, request.isCancelled());
    } finally {
      deadline.cancel(false);
    }
  }

  /** Signs it; says why it cannot, if it cannot. */
  private @Nullable String sign(WebhookCall call, HttpUriRequestBase request) {
    long seconds = clock.instant().getEpochSecond();
    request.setHeader("webhook-id", call.id());
    request.setHeader("webhook-timestamp", String.valueOf(seconds));
    if (call.secret() == null) {
      return null;
    }
    try {
      request.setHeader(
          "webhook-signature", new Webhook(call.secret()).sign(call.id(), seconds, call.body()));
      return null;
    } catch (EmptyWebhookSecretException | WebhookSigningException | IllegalArgumentException e) {
      return "The secret that signs webhooks is none of Standard Webhooks (whsec_ and Base64).";
    }
  }

  private static WebhookAnswer unanswered(IOException failure, boolean isLate) {
    if (isLate) {
      return new WebhookAnswer.NotNow("It did not answer in time.");
    }
    return switch (failure) {
      case NotPublic refused ->
          new WebhookAnswer.Refused(
              "The host is not in the public Internet, and not among those that are allowed.");
      case TooLong tooLong -> new WebhookAnswer.Refused("The answer is longer than 64 KiB.");
      case SocketTimeoutException late -> new WebhookAnswer.NotNow("It did not answer in time.");
      case UnknownHostException unknown -> new WebhookAnswer.NotNow("Its host is not known.");
      case SSLException insecure -> new WebhookAnswer.NotNow("No secure connection came about.");
      default ->
          new WebhookAnswer.NotNow(
              "It could not be reached: " + failure.getClass().getSimpleName() + ".");
    };
  }

  private static WebhookAnswer answer(ClassicHttpResponse response) throws IOException {
    int status = response.getCode();
    if (status / 100 == 2) {
      return new WebhookAnswer.Taken(status, excerpt(response.getEntity()));
    }
    if (status == 408 || status == 425 || status == 429 || status / 100 == 5) {
      return new WebhookAnswer.NotNow("It answered " + status + later(response) + ".");
    }
    return new WebhookAnswer.Refused(
        status / 100 == 3
            ? "It answered " + status + ": redirects are not followed, name the address itself."
            : "It answered " + status + ".");
  }

  /** When it asks to be called again, if it says so in a form that is known. */
  private static String later(ClassicHttpResponse response) {
    Header header = response.getFirstHeader("Retry-After");
    String value = header == null ? "" : header.getValue();
    return value.matches("[0-9]{1,9}") ? ", and asks to be called again in " + value + " s" : "";
  }

  private static @Nullable String excerpt(@Nullable HttpEntity entity) throws IOException {
    if (entity == null) {
      return null;
    }
    byte[] bytes;
    try (InputStream stream = entity.getContent()) {
      bytes = stream.readNBytes(LARGEST_ANSWER + 1);
      if (bytes.length > LARGEST_ANSWER) {
        throw new TooLong();
      }
    }
    String type = String.valueOf(entity.getContentType()).toLowerCase(Locale.ROOT);
    if (!type.matches("(text/.*|application/([a-z0-9.+-]*\\+)?json)\\s*(;.*)?")) {
      return null;
    }
    String text = new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cc}&&[^\\n\\t]]", "");
    return Excerpt.of(text, LONGEST_EXCERPT);
  }

  @Override
  public void close() throws IOException {
    deadlines.shutdownNow();
    http.close();
  }

  /** The answer is longer than anybody needs. */
  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("the answer is too long");
    }
  }
}
