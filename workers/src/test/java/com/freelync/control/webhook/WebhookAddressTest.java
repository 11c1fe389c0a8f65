package com.freelync.control.webhook;

import static com.freelync.control.webhook.WebhookServer.at;
import static com.freelync.control.webhook.WebhookServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Where webhooks go")
class WebhookAddressTest {
  private final WebhookServer server;

  WebhookAddressTest() throws IOException {
    server = new WebhookServer();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "100.64.0.1",
        "10.0.0.1",
        "[fd00::1]",
        "[fe80::1]"
      })
  @DisplayName("SE-5: a host that is not of the public Internet is refused, and not called")
  void refusesPrivateHosts(String host) {
    server.on("/", (exchange, n) -> reply(exchange, 200, "text/plain", "reached"));
    HttpWebhookSender sender = server.sender(SystemDefaultDnsResolver.INSTANCE);
    String at = host + ":" + server.port() + "/";
    assertThat(sender.send(at("https://" + at, null)))
        .isInstanceOfSatisfying(
            WebhookAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("not in the public Internet"));
    assertThat(sender.send(at("http://" + at, null)))
        .isInstanceOfSatisfying(
            WebhookAnswer.Refused.class, refused -> assertThat(refused.reason()).contains("https"));
    assertThat(server.received).isEmpty();
  }

  @Test
  @DisplayName("SE-5: one private address among public ones is enough to be refused")
  void refusesMixedAnswers() {
    HttpWebhookSender sender = server.sender(names(host -> List.of("8.8.8.8", "127.0.0.1")));
    assertThat(sender.send(at("https://hook.test:" + server.port() + "/", null)))
        .isInstanceOf(WebhookAnswer.Refused.class);
  }

  @Test
  @DisplayName("SE-5: a name is looked up once, and what was found is what is called")
  void isNotRebound() {
    server.on("/", (exchange, n) -> reply(exchange, 200, "text/plain", "first"));
    List<String> asked = new CopyOnWriteArrayList<>();
    DnsResolver rebinding =
        names(
            host -> {
              asked.add(host);
              return List.of(asked.size() == 1 ? "127.0.0.1" : "127.0.0.2");
            });
    HttpWebhookSender sender = server.sender(rebinding, "hook.test");
    assertThat(sender.send(at("http://hook.test:" + server.port() + "/", null)))
        .isEqualTo(new WebhookAnswer.Taken(200, "first"));
    assertThat(asked).containsExactly("hook.test");
    assertThat(server.received.getFirst().headers().get("host").getFirst())
        .startsWith("hook.test:");
  }

  @Test
  @DisplayName("AU-11: a host that is away, or unknown, may come")
  void isAway() throws IOException {
    int port = server.port();
    server.stop();
    assertThat(server.local().send(at("http://127.0.0.1:" + port + "/", null)))
        .isInstanceOfSatisfying(
            WebhookAnswer.NotNow.class,
            notNow -> assertThat(notNow.reason()).doesNotContain("127.0.0.1"));
    HttpWebhookSender unknown =
        server.sender(
            names(
                host -> {
                  throw new IllegalStateException(host);
                }));
    assertThat(unknown.send(at("https://hook.test/", null)))
        .isEqualTo(new WebhookAnswer.NotNow("Its host is not known."));
  }

  private static DnsResolver names(Function<String, List<String>> answers) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        List<String> found;
        try {
          found = answers.apply(host);
        } catch (IllegalStateException unknown) {
          throw new UnknownHostException(host);
        }
        InetAddress[] addresses = new InetAddress[found.size()];
        for (int i = 0; i < addresses.length; i++) {
          addresses[i] =
              InetAddress.getByAddress(host, InetAddress.getByName(found.get(i)).getAddress());
        }
        return addresses;
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }
}
