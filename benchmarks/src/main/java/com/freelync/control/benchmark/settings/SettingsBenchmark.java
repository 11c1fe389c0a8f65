package com.freelync.control.benchmark.settings;

import com.freelync.control.ControlCenter;
import com.freelync.control.database.Database;
import java.net.URI;

/**
 * Reads a setting from a server beside a bare resource; measures how long after a change is
 * committed another server, and a thousand readers of its stream, have it; and reads a past value
 * among 100,000 versions.
 */
public final class SettingsBenchmark {
  private static final String PATH = "/config/commission.tier1.rate";

  private final ControlCenter control;
  private final URI first;
  private final URI second;
  private final URI bare;
  private final String token;

  /**
   * Over two servers of one database.
   *
   * @param bare the address of the bare resource
   * @param token of a service that may read settings
   */
  public SettingsBenchmark(ControlCenter control, URI first, URI second, URI bare, String token) {
    this.control = control;
    this.first = first;
    this.second = second;
    this.bare = bare;
    this.token = token;
  }

  /** Starts the bare server, which answers what the server answers. */
  public static URI bare(int port, int adminPort, URI issuer, URI jwks, byte[] bytes) {
    return BareServer.start(port, adminPort, issuer, jwks, bytes);
  }

  /** What a server answers to who reads the setting. */
  public static byte[] answer(URI server, String token) {
    try (ServiceCalls calls = new ServiceCalls(token)) {
      return calls.bytes(calls.get(server.resolve(PATH)).build());
    }
  }

  /** Gives a setting a past of so many versions, a minute each; as the schema's owner. */
  public static void makePast(Database owner) {
    PastValues.make(owner);
  }

  /** Measures and prints. */
  public void run() {
    try (ServiceCalls calls = new ServiceCalls(token)) {
      ReadRate reads = new ReadRate(calls, first.resolve(PATH), bare);
      reads.run("GET a setting", null);
      reads.run("GET a setting that is known (304)", "\"v1\"");
      ChangeNews news = new ChangeNews(new Changes(control), second, calls);
      news.seen();
      news.readers();
      PastValues.read(calls, first);
    }
  }
}
