package com.freelync.control.benchmark.settings;

import com.freelync.control.api.security.AccessFeature;
import com.freelync.control.api.security.IssuerKeys;
import com.freelync.control.api.security.Requires;
import com.freelync.control.api.security.TokenSettings;
import com.freelync.control.api.security.TokenVerifier;
import com.freelync.control.identity.Permission;
import io.dropwizard.configuration.ResourceConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.apache.commons.text.StringSubstitutor;

/**
 * The least that Dropwizard can be: one resource that answers the same bytes with the same entity
 * tag, behind the same check of tokens.
 */
final class BareServer extends Application<Configuration> {
  private final Map<String, String> surroundings;
  private final TokenSettings tokens;
  private final byte[] bytes;

  private BareServer(Map<String, String> surroundings, TokenSettings tokens, byte[] bytes) {
    this.surroundings = surroundings;
    this.tokens = tokens;
    this.bytes = bytes;
  }

  static URI start(int port, int adminPort, URI issuer, URI jwks, byte[] bytes) {
    Map<String, String> surroundings =
        Map.of("PORT", String.valueOf(port), "ADMIN_PORT", String.valueOf(adminPort));
    try {
      new BareServer(
              surroundings,
              new TokenSettings(issuer.toString(), "control-center", jwks, null),
              bytes)
          .run("server", "bare-server.yml");
    } catch (Exception e) {
      throw new IllegalStateException("the bare server does not start", e);
    }
    return URI.create("http://127.0.0.1:" + port + "/bare");
  }

  @Override
  public void initialize(Bootstrap<Configuration> bootstrap) {
    bootstrap.setConfigurationSourceProvider(
        new SubstitutingSourceProvider(
            new ResourceConfigurationSourceProvider(), new StringSubstitutor(surroundings)));
  }

  @Override
  public void run(Configuration configuration, Environment environment) {
    environment
        .jersey()
        .register(
            new AccessFeature(
                new TokenVerifier(tokens, IssuerKeys.at(tokens.jwksUri()), Clock.systemUTC()),
                subject -> Set.of()));
    environment.jersey().register(new BareResource(bytes));
  }

  /** The one resource. */
  @Path("/bare")
  public static final class BareResource {
    private static final EntityTag TAG = new EntityTag("v1");
    private final byte[] bytes;

    BareResource(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The bytes. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(Permission.CONFIG_READ)
    public Response bytes(@Context Request request) {
      Response.ResponseBuilder unchanged = request.evaluatePreconditions(TAG);
      return (unchanged == null ? Response.ok(bytes) : unchanged).tag(TAG).build();
    }
  }
}
