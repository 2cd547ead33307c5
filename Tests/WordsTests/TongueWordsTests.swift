import Evidence
import Testing

@testable import Pipeline

/// What Keycloak's pages say in other languages than English.
@Suite struct TongueWordsTests {
  @Test(arguments: [
    ("Ungültiger Benutzername oder Passwort.", CauseID.userInvalidCredentials),
    ("Nom d'utilisateur ou mot de passe invalide.", .userInvalidCredentials),
    ("Usuario o contraseña incorrectos.", .userInvalidCredentials),
    ("Nome de usuário ou senha inválida.", .userInvalidCredentials),
    ("Ongeldige gebruikersnaam of wachtwoord.", .userInvalidCredentials),
    ("Неправильное имя пользователя или пароль.", .userInvalidCredentials),
    ("无效的用户名或密码。", .userInvalidCredentials),
    ("無効なユーザー名またはパスワードです。", .userInvalidCredentials),
    ("Nieprawidłowa nazwa użytkownika lub hasło.", .userInvalidCredentials),
    ("Geçersiz kullanıcı adı veya şifre.", .userInvalidCredentials),
    ("Die Seite ist abgelaufen", .sessionLoginStateLost),
    ("Konto ist deaktiviert, bitte den Administrator ansprechen.", .userDisabled),
    ("Ihr Benutzerkonto ist gesperrt, bitte kontaktieren Sie den Admin.", .userDisabled),
    ("Compte désactivé, contactez votre administrateur.", .userDisabled),
    ("La cuenta está desactivada, contacte con el administrador.", .userDisabled),
    ("Conta desativada, contate o administrador.", .userDisabled),
    ("Es tut uns leid... Client nicht gefunden.", .clientNotFound),
    ("Lo sentimos... Cliente no encontrado.", .clientNotFound),
    (
      "Cookie nicht gefunden. Bitte aktivieren Sie Cookies in Ihrem Browser.",
      .sessionLoginStateLost
    ),
  ])
  func `a page in the user's language says what it says in English`(
    _ line: String, _ cause: CauseID
  ) throws {
    #expect(try WordsTests.findings(line).first?.cause == cause)
  }

  @Test(arguments: [
    "Konto wurde angelegt",
    "Passwort geändert",
    "FATAL: Passwort-Authentifizierung für Benutzer »keycloak« fehlgeschlagen",
    "Datei nicht gefunden: /etc/app/settings.json",
    "Der Container für den Login ist deaktiviert",
    "Le compteur est désactivé",
    "java.sql.SQLException: ungültiges Passwort",
    "psql: autenticação do tipo senha falhou, senha inválida",
    "keystore.jks: Passwort ungültig",
    "SMTP 535: contraseña inválida",
    "oauth2 client: Seite nicht gefunden",
  ])
  func `other sentences in these languages do not`(_ line: String) throws {
    for finding in try WordsTests.findings(line) {
      #expect(
        ![
          .userInvalidCredentials, .userDisabled, .userLocked, .userActionRequired, .clientNotFound,
          .clientDisabled, .sessionLoginStateLost,
        ].contains(finding.cause))
    }
  }
}
