internal import Evidence

/// Sentences of Keycloak's own pages in other languages than English, by the stems that they share: a page in the
/// user's language is what people copy.
enum LooseTongues {
  static func of(_ w: LooseWords) -> Meaning? {
    if isPassword(w), w.isFault, !isOfOthers(w) { return .refusal(.userInvalidCredentials, 0.6) }
    if isAccount(w), isOff(w) { return .refusal(.userDisabled, 0.6, or: [(.userLocked, 0.2)]) }
    if isPage(w), w.isOver { return .refusal(.sessionLoginStateLost, 0.5) }
    guard isMissing(w) else { return nil }
    if w.has("cookie") { return .refusal(.sessionLoginStateLost, 0.6) }
    return isClientMissing(w)
      ? .refusal(.clientNotFound, 0.6, or: [(.clientDisabled, 0.1)]) : nil
  }

  /// Passwords of databases (PostgreSQL speaks of its own users in these languages), of mail and of key stores.
  private static func isOfOthers(_ w: LooseWords) -> Bool {
    w.has(
      "fatal:", "важно:", "致命", "sqlexception", "sqlstate", "jdbc", "keystore", "truststore",
      "smtp",
      "postgres", "mysql", "mariadb")
      || w.has(
        "datenbank", "base de données", "base de datos", "banco de dados", "basi di dati",
        "базе данных", "базы данных", "数据库", "資料庫", "データベース", "데이터베이스", "baza danych",
        "bazy danych",
        "veritaban")
      || w.has(
        "passwort-authentifizierung", "authentification par mot de passe", "autenticação do tipo",
        "по паролю", "パスワード認証", "密码认证", "autoryzacja hasłem", "şifre doğrulama", "parola doğrulama")
  }

  private static func isClientMissing(_ w: LooseWords) -> Bool {
    w.has(
      "client nicht gefunden", "client introuvable", "cliente no encontrad",
      "cliente não encontrad", "client non trovat", "client niet gevonden", "клиент не найден",
      "客户端未找到", "找不到客户端", "未找到客户端", "クライアントが見つかりません")
  }

  private static func isPassword(_ w: LooseWords) -> Bool {
    w.has(
      "passwort", "kennwort", "mot de passe", "contraseñ", "senha", "wachtwoord", "парол", "密码",
      "密碼", "パスワード", "비밀번호", "hasło", "şifre", "parola")
  }

  private static func isAccount(_ w: LooseWords) -> Bool {
    w.hasWord("konto", "benutzerkonto", "compte", "cuenta", "conta")
      || w.begins("учетн", "учётн") || w.has("账户", "帳號", "アカウント", "계정")
  }

  private static func isPage(_ w: LooseWords) -> Bool {
    w.has(
      "seite ist abgelaufen", "aktion abgelaufen", "page a expir", "página expir",
      "página ha expir", "pagina è scadut")
  }

  private static func isOff(_ w: LooseWords) -> Bool {
    w.has(
      "deaktiviert", "gesperrt", "désactiv", "desactivad", "deshabilitad", "desativad",
      "desabilitad", "disabilitat", "uitgeschakeld", "отключ", "заблокир", "禁用", "停用", "無効",
      "비활성")
  }

  private static func isMissing(_ w: LooseWords) -> Bool {
    w.has(
      "nicht gefunden", "introuvable", "no encontrad", "não encontrad", "non trovat",
      "niet gevonden", "не найден", "未找到", "找不到", "見つかりません")
  }
}
