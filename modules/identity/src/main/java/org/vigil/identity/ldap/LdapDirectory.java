package org.vigil.identity.ldap;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.AuthenticationException;
import javax.naming.InvalidNameException;
import javax.naming.NameNotFoundException;
import javax.naming.directory.InvalidSearchFilterException;
import javax.net.ssl.SSLException;
import org.vigil.identity.api.Directories.Directory;
import org.vigil.kernel.ErrorCode;
import org.vigil.kernel.VigilException;
import org.wildfly.security.auth.principal.NamePrincipal;
import org.wildfly.security.auth.realm.ldap.AttributeMapping;
import org.wildfly.security.auth.realm.ldap.DirContextFactory;
import org.wildfly.security.auth.realm.ldap.LdapSecurityRealmBuilder;
import org.wildfly.security.auth.realm.ldap.SimpleDirContextFactoryBuilder;
import org.wildfly.security.auth.server.RealmIdentity;
import org.wildfly.security.auth.server.RealmUnavailableException;
import org.wildfly.security.auth.server.SecurityRealm;
import org.wildfly.security.authz.Attributes;
import org.wildfly.security.evidence.PasswordGuessEvidence;

/**
 * A hospital's directory, asked through Elytron's LDAP realm: a search as Vigil, then a bind as the
 * person. What somebody typed goes into filters as an argument, which JNDI escapes (RFC 4515 §3).
 *
 * <p>One object serves one log-in: Elytron's realm keeps a lock for every name it was ever asked
 * for.
 */
public final class LdapDirectory {
  private static final String DN = "dn";
  private static final String NAME = "name";
  private static final String DISPLAY_NAME = "displayName";
  private static final String GROUPS = "groups";
  private static final int CONNECT_MILLIS = 5_000;
  private static final int ANSWER_MILLIS = 10_000;

  private final Directory settings;
  private final DirContextFactory connections;

  /**
   * Connects only when asked something.
   *
   * @throws VigilException KERNEL-0003 for certificates that are none
   */
  public LdapDirectory(Directory settings, char[] bindPassword) {
    this.settings = settings;
    this.connections =
        SimpleDirContextFactoryBuilder.builder()
            .setProviderUrl(settings.url())
            .setSecurityPrincipal(settings.bindDn())
            .setSecurityCredential(new String(bindPassword))
            .setSocketFactory(DirectoryTrust.sockets(settings.trustedCertificates()))
            .setConnectTimeout(CONNECT_MILLIS)
            .setReadTimeout(ANSWER_MILLIS)
            .build();
  }

  /** When the first of the certificates ends by which a directory is trusted, if it has its own. */
  public static Optional<Instant> trustEndsAt(Directory settings) {
    return Optional.ofNullable(settings.trustedCertificates()).map(DirectoryTrust::endsAt);
  }

  /**
   * Looks a person up.
   *
   * @throws VigilException IDENTITY-0018
   */
  public Optional<Person> find(String userName) {
    return ask(
        settings.people().baseDn(),
        userName,
        identity -> {
          Attributes found = identity.getAttributes();
          // Of nobody, the realm gives everybody's groups: the filter's DN is then a wildcard.
          if (found.size(DN) == 0 || found.size(NAME) == 0) {
            return Optional.empty();
          }
          // Of several names, one and the same whichever was typed.
          String name = all(found, NAME).stream().sorted().findFirst().orElseThrow();
          return Optional.of(
              new Person(
                  found.getFirst(DN),
                  name,
                  found.size(DISPLAY_NAME) == 0 ? name : found.getFirst(DISPLAY_NAME),
                  Set.copyOf(all(found, GROUPS))));
        });
  }

  /**
   * Whether this is the person's password; an empty one never is (RFC 4513 §5.1.2).
   *
   * @throws VigilException IDENTITY-0018
   */
  public boolean accepts(Person person, char[] password) {
    // Searched again below the person's own DN: of two of one name, it is the one that was found.
    return ask(
        person.dn(),
        person.userName(),
        identity -> identity.verifyEvidence(new PasswordGuessEvidence(password.clone())));
  }

  private <T> T ask(String baseDn, String userName, Question<T> question) {
    RealmIdentity identity = null;
    try {
      identity = realm(baseDn).getRealmIdentity(new NamePrincipal(userName));
      return question.ask(identity);
    } catch (VigilException e) {
      throw e;
    } catch (RealmUnavailableException | RuntimeException e) {
      throw new VigilException(ErrorCode.IDENTITY_0018, Map.of("problem", problem(e)), e);
    } finally {
      if (identity != null) {
        identity.dispose();
      }
    }
  }

  private SecurityRealm realm(String baseDn) {
    String attribute = settings.people().userNameAttribute();
    return LdapSecurityRealmBuilder.builder()
        .setDirContextSupplier(
            () -> connections.obtainDirContext(DirContextFactory.ReferralMode.IGNORE))
        .addDirectEvidenceVerification()
        .identityMapping()
        .setSearchDn(baseDn)
        .searchRecursive()
        .setRdnIdentifier(attribute)
        .setFilterName("(&(" + attribute + "={0})" + settings.people().filter() + ")")
        .setSearchTimeLimit(ANSWER_MILLIS)
        .map(
            AttributeMapping.fromIdentity().to(DN).build(),
            AttributeMapping.fromIdentity().from(attribute).to(NAME).build(),
            AttributeMapping.fromIdentity()
                .from(settings.people().displayNameAttribute())
                .to(DISPLAY_NAME)
                .build(),
            AttributeMapping.fromFilter(settings.groups().filter())
                .searchDn(settings.groups().baseDn())
                .searchRecursively(true)
                .from(settings.groups().nameAttribute())
                .to(GROUPS)
                .build())
        .build()
        .build();
  }

  private static Collection<String> all(Attributes found, String name) {
    return found.get(name).stream().collect(Collectors.toSet());
  }

  /** What went wrong, in words that name nobody. */
  private static String problem(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthenticationException) {
        return "it refuses the bind DN or its password";
      } else if (cause instanceof SSLException) {
        return "its certificate is not trusted, or names another host";
      } else if (cause instanceof InvalidSearchFilterException) {
        return "a filter is malformed";
      } else if (cause instanceof NameNotFoundException || cause instanceof InvalidNameException) {
        return "a base DN is not there";
      }
    }
    return "it does not answer";
  }

  /**
   * Somebody of the directory.
   *
   * @param groups by name, as the directory writes them
   */
  public record Person(String dn, String userName, String displayName, Set<String> groups) {}

  private interface Question<T> {
    T ask(RealmIdentity identity) throws RealmUnavailableException;
  }
}
