package workbook.checker.smtp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for tests only, of an issuer that nobody trusts but those who are told to. They are
 * made by {@code .ci/certificates}; some end in 2119, one in 2020.
 */
public enum Certificates {
  /** Made out to localhost. */
  GOOD("good"),
  /** Made out to localhost, and no longer valid. */
  EXPIRED("expired"),
  /** Made out to mail.example.org. */
  OTHER_NAME("other-name");

  private static final char[] PASSWORD = "for-tests-only".toCharArray();
  private static final KeyStore STORE = load();

  private final String alias;
  private @Nullable SSLContext shown; // guarded by this; made once, since keys are slow to open

  Certificates(String alias) {
    this.alias = alias;
  }

  /** What a client needs to trust the issuer, and nobody else. */
  public static SSLContext trusted() {
    try {
      var store = empty();
      store.setCertificateEntry("issuer", STORE.getCertificate("issuer"));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the certificates for tests cannot be used", e);
    }
  }

  /** What a server needs to show this certificate. */
  synchronized SSLContext shown() {
    if (shown == null) {
      shown = make();
    }
    return shown;
  }

  private SSLContext make() {
    try {
      var store = empty();
      store.setKeyEntry(
          alias, STORE.getKey(alias, PASSWORD), PASSWORD, STORE.getCertificateChain(alias));
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the certificates for tests cannot be used", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  private static KeyStore load() {
    try (var in = Certificates.class.getResourceAsStream("for-tests-only.p12")) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(Objects.requireNonNull(in, "for-tests-only.p12 is missing"), PASSWORD);
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the certificates for tests cannot be read", e);
    }
  }
}
