/// Tokens signed for these tests with OpenSSL, and the key set that belongs to them.
enum SignatureSamples {
  static let rs =
    """
    eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InJzYS0xIn0.eyJpc3MiOiJodHRwczovL3Nzby5l\
    eGFtcGxlL3JlYWxtcy9zaG9wIiwiYXVkIjoib3JkZXJzIiwidHlwIjoiQmVhcmVyIiwiZXhwIjoxOTAwMDAw\
    MDAwfQ.MupZoeCsBC1w9bYXlRUADKdbOmkI_JvIlZP3DLmjZ_MsDjuH-IH_YTCcwiSCN-or8a75UYezik6RF\
    7yUe8kSAQRGDEiMwSP_bWIjjzYtPt5o4pfOlwqRuDiD4nCCft8t0111b6Nxn6TrfgbSY-2xqYd50zmuMvr_3\
    798g3Z8onjMG-KCRdQ0VHKvzsP0b9aRFT7kV26VdT-kMzPb0ytV5mpM-FZGwGEouXBvHqK2CamTJfCJggApD\
    sj9SBmwkYdY9ERKBJpxSO2G-eMcjSaRIwAlE3jDm7aMzeH5ZhASTbWIgQqn8dfNNVk1BtI0LoJGdHgzjPwvB\
    Fc-ASRjsebU0w
    """
  static let ps =
    """
    eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6InJzYS0yIn0.eyJpc3MiOiJodHRwczovL3Nzby5l\
    eGFtcGxlL3JlYWxtcy9zaG9wIiwiYXVkIjoib3JkZXJzIiwidHlwIjoiQmVhcmVyIiwiZXhwIjoxOTAwMDAw\
    MDAwfQ.kkUGAJy37o_9zhoYuqT2LHQLI_2LRb2qiKBMPxBDuvEHmv1qx_08Ernf6mkXYEh0X6x45BnoLzXlz\
    V6NbmjQdrEXzUMOtiGoWgzX4petDNPOrvtG4Wqm9pPuL6yUz6Z2LZgGUxSSCiVlb4YGX_RZneECmcrGshlY6\
    zjCDyXU1Kn6fYRRv8lXjJhgPrPS_vAKXWP-pmBvAjteqUCADsBjcvPxiaydaqqOL9s-TiDvZa4lde1qVz8fg\
    lfDBTmOBj8UlxTpyLqvOP-nKP6unCu1D2HBmw52xa4Gtu6pM6KFweIqbjHUm5bBnyg1ngcdWelyjMCx9nZmh\
    zvF3A3WZNsWrw
    """
  static let es =
    """
    eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImVjLTEifQ.eyJpc3MiOiJodHRwczovL3Nzby5le\
    GFtcGxlL3JlYWxtcy9zaG9wIiwiYXVkIjoib3JkZXJzIiwidHlwIjoiQmVhcmVyIiwiZXhwIjoxOTAwMDAwM\
    DAwfQ.BKwCIkUQAXWvIvzFlWkGNPHMctxyjL6bpffi-l7TOHcToj4sX2gHVO_n1CdBu-56-bphPptbd8hlzg\
    i5usrM9A
    """
  static let ed =
    """
    eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6ImVkLTEifQ.eyJpc3MiOiJodHRwczovL3Nzby5le\
    GFtcGxlL3JlYWxtcy9zaG9wIiwiYXVkIjoib3JkZXJzIiwidHlwIjoiQmVhcmVyIiwiZXhwIjoxOTAwMDAwM\
    DAwfQ.L4rl-1issAmK9GQaMH-ERyDMOxoyvKzGCnl8lUDmdYjLzvwMIeYaIKEkjuAsB1hZZcnHcUJilF_pEN\
    xaCieMDQ
    """
  static let unknown =
    """
    eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImdvbmUifQ.eyJpc3MiOiJodHRwczovL3Nzby5le\
    GFtcGxlL3JlYWxtcy9zaG9wIiwiYXVkIjoib3JkZXJzIiwidHlwIjoiQmVhcmVyIiwiZXhwIjoxOTAwMDAwM\
    DAwfQ.IY_urdzBTgEqZMXVvEePUQ4KcFvPNQ6JWwqvwfRMWU-uxS9c7ZZ46lyAYVdaoybcUgbKjziwHxiPuZ\
    QlOmp1gaeSi16kwFZ0_KbFXxyXNwxDHWuC81a6E6lZPc0aBQxaFqERFDrQW2mee5RcrRZcWdpYWPznLSvPw7\
    f--PmSTdf670y4xMS6tcN8oc4E36l_Db7KIZixbMR7wJelCLJuofv7JJ0UqWvr3YZxUMtzmovbW01BR54mZD\
    JGrB4OZE8im6WfBVHqI4fg0coUEPABu25_SpmrKNqGTBTTesh3YV4j2TJI0TLczbFD_37IZjvII5Z8xooj8o\
    aQ8Cip0R_nJQ
    """
  static let mismatch =
    """
    eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImVjLTEifQ.eyJpc3MiOiJodHRwczovL3Nzby5le\
    GFtcGxlL3JlYWxtcy9zaG9wIiwiYXVkIjoib3JkZXJzIiwidHlwIjoiQmVhcmVyIiwiZXhwIjoxOTAwMDAwM\
    DAwfQ.fATGS9V78ag2OjEvcqYWIhNOBjniYn_dIoaD08Ftup4Ly-LwFE05hzuHDSYGzYgrf6iXFw7be-KYGD\
    -zfWDeLvATc0KJeq86bwjt64e9pg7H0jK0NoWAil0-8GzOj6HHb-ZsMjx7ZkW38-rOR_JOcUwh4RhM5lk4GJ\
    aHiZ4HqLS07x0uu-GXFIhp0wY1x95Glzb9bamznSQtZ_-6W1L6hZjtfP0Aoy0AMOQ3AJGHHlrVjeMcLZI8j_\
    c-CcT6SieYfCZg7tlUxhkHGI7VU9AQ3PbkI3MWIbV-8gA1H-xkEiQ8FJTW68V1TCyMit1YOWTSCrng_LzMkb\
    oCQwcWMLLFQw
    """
  static let encOnly =
    """
    eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImVuYy0xIn0.eyJpc3MiOiJodHRwczovL3Nzby5l\
    eGFtcGxlL3JlYWxtcy9zaG9wIiwiYXVkIjoib3JkZXJzIiwidHlwIjoiQmVhcmVyIiwiZXhwIjoxOTAwMDAw\
    MDAwfQ.Z5msb6Uj2ElCdWNiIJb9jRpAuFZpicmPk6VacmCUs7ws1OJHJsxNGYeBSSIIlH2Ye6Vwe7wSCvL_V\
    c3mo9J--emf0KxP0zOJFFIQCI9yb_4G4j61FQTLV9muDTGzLD9TQ7UNHB7d6km4bj4KPiM1fSvJZS9FjHJZv\
    PdMyKheWThlX8JfdOcFh7WLxYbLTYOKHb8ShdcqJZMpVPMluzmq_WX4RwXrns899EoiWHljlOJZdL3QOkPE-\
    0R0aarm6NVyU74lAoHPJpAvuCmlFXzJJh-y9fbDd4DZGijigxO08uRPRyStYJxBulQ4iTNMwB0OscF6MdgJJ\
    qLm3q-n3JFEUw
    """
  static let keys =
    #"""
    {"keys":[{"kid":"strange","kty":"XYZ"},
    {"kid":"no-modulus","kty":"RSA","e":"AQAB"},
    {"kid":"enc-1","kty":"RSA","use":"enc","alg":"RSA-OAEP","n":
    "oPpdP6yE_VD04GvVpcPLFuCSqT8BPOw3jFA4oaiuEyj23EjnvQmAih7Zk07gi-ZCrJ-LZrjcIw3eAH8o_EV3MniZAXxGMknr0xxf1q6mH1aYWkqEIk1ttJRW8rZ10wWZQS-oUfdidzthscrV8TeJ7k8kTnXt1IFveM8AI82iHaE9CwsJZ4QJW1jpQyi5QapNH2YDKu7OzRXXLyGI6FYmU_roUTY8PMt-Xfdo8P6X0R8S2WHhRQO2cLH_KHC-GJpw8E2v45iS9MQnoWrTory8Fm1-sF5WdriuZ1mbkWvNPViPyBPfgfzOI3Ssb1IPE-Fj4OkEyEdFnyqehNpTWySKAw","e":"AQAB"},
    {"kid":"rsa-1","kty":"RSA","alg":"RS256","use":"sig","n":
    "oPpdP6yE_VD04GvVpcPLFuCSqT8BPOw3jFA4oaiuEyj23EjnvQmAih7Zk07gi-ZCrJ-LZrjcIw3eAH8o_EV3MniZAXxGMknr0xxf1q6mH1aYWkqEIk1ttJRW8rZ10wWZQS-oUfdidzthscrV8TeJ7k8kTnXt1IFveM8AI82iHaE9CwsJZ4QJW1jpQyi5QapNH2YDKu7OzRXXLyGI6FYmU_roUTY8PMt-Xfdo8P6X0R8S2WHhRQO2cLH_KHC-GJpw8E2v45iS9MQnoWrTory8Fm1-sF5WdriuZ1mbkWvNPViPyBPfgfzOI3Ssb1IPE-Fj4OkEyEdFnyqehNpTWySKAw","e":"AQAB"},
    {"kid":"rsa-2","kty":"RSA","use":"sig","n":
    "oPpdP6yE_VD04GvVpcPLFuCSqT8BPOw3jFA4oaiuEyj23EjnvQmAih7Zk07gi-ZCrJ-LZrjcIw3eAH8o_EV3MniZAXxGMknr0xxf1q6mH1aYWkqEIk1ttJRW8rZ10wWZQS-oUfdidzthscrV8TeJ7k8kTnXt1IFveM8AI82iHaE9CwsJZ4QJW1jpQyi5QapNH2YDKu7OzRXXLyGI6FYmU_roUTY8PMt-Xfdo8P6X0R8S2WHhRQO2cLH_KHC-GJpw8E2v45iS9MQnoWrTory8Fm1-sF5WdriuZ1mbkWvNPViPyBPfgfzOI3Ssb1IPE-Fj4OkEyEdFnyqehNpTWySKAw","e":"AQAB"},
    {"kid":"ec-1","kty":"EC","crv":"P-256","use":"sig","x":"P2b5_cr1-5rH_Hfe5Jjo54MpXLnic58OH7yzRqH-mWk","y":"AO2vQnZiOKV2LK98stiXa_qmHF7Q4eiEF6QilkapZEs"},
    {"kid":"ed-1","kty":"OKP","crv":"Ed25519","use":"sig","x":"6UYcLwFJUpoyiuktuctQp9Ic9n6v7t-1_v4Rysj_R7o"},
    {"kid":"secret","kty":"oct","k":"c2VjcmV0"}]}
    """#
}
