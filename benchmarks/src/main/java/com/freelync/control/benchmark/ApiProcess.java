package com.freelync.control.benchmark;

import com.freelync.control.api.ApiServer;
import com.freelync.control.sandbox.identity.TokenIssuer;
import com.freelync.control.sandbox.postgres.FreePort;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The API server of production's file, in this JVM. */
final class ApiProcess {
  private ApiProcess() {}

  /** Starts one; where it answers. */
  static URI start(Stage stage, TokenIssuer issuer) {
    int port = FreePort.preferably(0);
    Map<String, String> surroundings = new HashMap<>(stage.apiSurroundings());
    surroundings.put("API_PORT", String.valueOf(port));
    surroundings.put("API_ADMIN_PORT", String.valueOf(FreePort.preferably(0)));
    surroundings.put("OIDC_ISSUER", issuer.address().toString());
    surroundings.put("OIDC_JWKS_URI", issuer.jwksUri().toString());
    surroundings.put("PEOPLE_FILE", "api-server/config/people.yml");
    surroundings.put("LOG_LEVEL", "ERROR");
    // Figures alone go to standard output.
    System.setProperty("dw.logging.appenders[0].target", "stderr");
    try {
      new ApiServer(surroundings).run("server", "api-server/config/control-center.yml");
    } catch (Exception e) {
      throw new IllegalStateException("The API server does not start", e);
    }
    return URI.create("http://127.0.0.1:" + port);
  }
}
