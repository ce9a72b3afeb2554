package io.gild.smoke;

import io.gild.smoke.spi.SmokeFinding;
import io.gild.smoke.spi.SmokeTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries to get in without a token and with a wrong one. */
final class AuthenticationStep implements SmokeStep {

  private static final int UNAUTHORIZED = 401;
  private static final String PROTECTED = "/v1/rollouts";

  /** Of another length and content than any token that is in use. */
  private static final String WRONG = "gild-smoke-test-of-a-wrong-token";

  @Override
  public SmokeFinding run(SmokeScope scope) throws IOException, InterruptedException {
    List<SmokeFinding> findings = new ArrayList<>(PartProbes.run(SmokeTest.AUTHENTICATION, scope));
    if (scope.control() != null) {
      findings.add(control(scope.control()));
    }
    SmokeSettings.ProtectedPath path = scope.smoke().authentication();
    if (path != null && scope.url() != null) {
      findings.add(own(scope, scope.url(), path));
    }
    return findings.isEmpty()
        ? SmokeFinding.notApplicable(
            "there is no control endpoint, and smoke.authentication names no path")
        : SmokeFinding.all(findings);
  }

  private static SmokeFinding control(ControlCaller control)
      throws IOException, InterruptedException {
    int missing = control.ask(PROTECTED, null).status();
    int wrong = control.ask(PROTECTED, WRONG).status();
    if (missing != UNAUTHORIZED || wrong != UNAUTHORIZED) {
      return SmokeFinding.failed(
          "the control endpoint answers %d without a token and %d with a wrong one, expected 401"
              .formatted(missing, wrong));
    }
    HttpCaller.Reply right = control.ask(PROTECTED, control.point().token());
    return right.isOk()
        ? SmokeFinding.passed("the control endpoint accepts its token only")
        : SmokeFinding.failed(
            "the control endpoint answers "
                + right.status()
                + " with its token, expected 200. Restart the process, or name the file with its"
                + " token");
  }

  private static SmokeFinding own(SmokeScope scope, URI url, SmokeSettings.ProtectedPath path)
      throws IOException, InterruptedException {
    int missing = status(scope, url, path, null);
    int wrong = status(scope, url, path, WRONG);
    return missing == path.expects() && wrong == path.expects()
        ? SmokeFinding.passed(path.path() + " answers " + missing + " without credentials")
        : SmokeFinding.failed(
            "%s answers %d without credentials and %d with wrong ones, expected %d"
                .formatted(path.path(), missing, wrong, path.expects()));
  }

  private static int status(
      SmokeScope scope, URI url, SmokeSettings.ProtectedPath path, @Nullable String token)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(Addresses.join(url, path.path()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return scope.http().send(request, scope.timeout()).status();
  }
}
