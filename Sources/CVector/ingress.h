#ifndef WHY401_INGRESS_H
#define WHY401_INGRESS_H

#include "vector.h"

/* Plain successes in the log of ingress-nginx, told by their bytes alone:

     client - - [time] "GET /path HTTP/1.1" 200 12 "referer" "agent" 911 0.014 [service] [] peer 112 0.013 200 id

   Takes only lines of just this form, of one peer that was asked once, and no OAuth path; what is in doubt is none.
   Fields are found by the numbers of their places. What is wrong is gathered in one number and asked once for a line,
   so that a processor has nothing to guess. */

#define WHY401_INSIDE static inline __attribute__((always_inline))

enum {
  /* Bytes behind a line that have to be there. */
  WHY401_INGRESS_REACH = 64,
  /* Bytes of ` - - [21/Aug/2026:10:00:00 +0000] "`. */
  WHY401_INGRESS_HEAD = 35,
  WHY401_INGRESS_QUOTES = 6,
  /* Places from the quote that ends the agent to the newline: so many, or one less without an id. */
  WHY401_INGRESS_TAIL = 10
};

/* Lines of a marked stretch. */
typedef struct {
  const uint8_t *bytes;
  const uint16_t *places;
  const why401_line *lines;
  /* The first of the lines, and the one behind the last. */
  uint64_t from;
  uint64_t to;
  /* A line begins before this byte. */
  uint64_t begin;
  /* Bytes that are there. */
  uint64_t size;
} why401_stretch;

typedef enum {
  /* Nothing is wrong with the next line: its status is another, or there is none. */
  why401_goes_on,
  /* The bytes from `at` on are another head than the one given. */
  why401_other_head,
  /* The next line is a plain success, too, of a priority below the limit. */
  why401_wanted,
  /* In doubt. */
  why401_unknown
} why401_stop;

/* Plain successes of one status, one behind the other, and what came then. */
typedef struct {
  uint64_t lines;
  uint64_t status;
  why401_stop stop;
  uint64_t at;
  uint64_t priority;
} why401_plain;

WHY401_INSIDE uint64_t why401_word(const uint8_t *s) {
  uint64_t word;
  memcpy(&word, s, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/* The lowest bits, fewer than 64 of them. */
WHY401_INSIDE uint64_t why401_lowest(uint64_t count) { return ((uint64_t)1 << (count & 63)) - 1; }

#define WHY401_ONES ((uint64_t)0x0101010101010101)
#define WHY401_HIGHS (WHY401_ONES << 7)

/* The highest bit of each byte of a word that is no digit. */
WHY401_INSIDE uint64_t why401_no_digits(uint64_t word) {
  uint64_t values = word ^ WHY401_ONES * '0';
  return ((values & ~WHY401_HIGHS) + WHY401_ONES * 0x76 | values) & WHY401_HIGHS;
}

/* The functions that follow return 0 where nothing is wrong. */

/* One to eight digits. */
WHY401_INSIDE uint64_t why401_no_number(const uint8_t *s, uint64_t from, uint64_t to) {
  uint64_t count = to - from;
  return (count - 1 > 7) | why401_no_digits(why401_word(s + from)) << ((64 - count * 8) & 63);
}

/* `0.014`, of seven bytes at most. */
WHY401_INSIDE uint64_t why401_no_seconds(const uint8_t *s, uint64_t from, uint64_t to) {
  uint64_t count = to - from;
  uint64_t others = why401_no_digits(why401_word(s + from)) & why401_lowest(count * 8);
  uint64_t dot = (uint64_t)__builtin_ctzll(others | (uint64_t)1 << 63) / 8;
  return (count - 3 > 4) | (others == 0) | (others & (others - 1)) | (dot == 0) | (dot >= count - 1)
    | (s[from + dot] ^ '.');
}

/* Up to 45 bytes of an address. */
WHY401_INSIDE uint64_t why401_no_address(const uint8_t *s, uint64_t from, uint64_t to) {
  why401_bytes block;
  memcpy(&block, s + from, 64);
  uint64_t digits = WHY401_WORD((why401_bytes)(block - (uint8_t)'.') <= (why401_bytes)(uint8_t)(':' - '.'));
  uint64_t letters = WHY401_WORD((why401_bytes)(block - (uint8_t)'a') <= (why401_bytes)(uint8_t)('f' - 'a'));
  uint64_t count = to - from;
  return (count - 1 > 44) | ((~(digits | letters) | WHY401_EQUAL('/')) & why401_lowest(count));
}

/* One to seven capital letters. */
WHY401_INSIDE uint64_t why401_no_method(const uint8_t *s, uint64_t from, uint64_t to) {
  uint64_t word = why401_word(s + from);
  uint64_t count = to - from;
  /* A sum has the highest bit where a letter is `A` at least, or more than `Z`. */
  uint64_t capitals = (word + WHY401_ONES * 0x3f) & ~(word + WHY401_ONES * 0x25) & ~word;
  return (count - 1 > 6) | (~capitals & WHY401_HIGHS & why401_lowest(count * 8));
}

/* A path without a name of OAuth. */
WHY401_INSIDE uint64_t why401_no_plain_path(const uint8_t *s, uint64_t from, uint64_t to) {
  uint64_t wrong = (from >= to) | (s[from] ^ '/');
  /* Of 64 bytes the last two are asked again with what follows them. */
  for (uint64_t at = from; at < to; at += 62) {
    why401_bytes block;
    memcpy(&block, s + at, 64);
    uint64_t first = WHY401_EQUAL('r') | WHY401_EQUAL('.') | WHY401_EQUAL('o');
    uint64_t second = WHY401_EQUAL('e') | WHY401_EQUAL('w') | WHY401_EQUAL('p') | WHY401_EQUAL('a');
    uint64_t slashes = WHY401_EQUAL('/') & first >> 1 & second >> 2 & why401_lowest(to - at < 62 ? to - at : 62);
    for (; slashes; slashes &= slashes - 1) {
      const uint8_t *name = s + at + __builtin_ctzll(slashes);
      wrong |= !memcmp(name, "/realms/", 8) | !memcmp(name, "/.well-k", 8) | !memcmp(name, "/openid-", 8)
        | !memcmp(name, "/oauth2", 7);
    }
  }
  return wrong;
}

/* A name of up to 62 bytes without a bracket. */
WHY401_INSIDE uint64_t why401_no_name(const uint8_t *s, uint64_t from, uint64_t to) {
  why401_bytes block;
  memcpy(&block, s + from, 64);
  uint64_t count = to - from;
  return (count > 62) | (WHY401_EQUAL(']') & why401_lowest(count));
}

/* `200` of ` HTTP/1.1" 200 1`, of which `s` is the quote: what is no more than counted, and not behind a backslash. */
WHY401_INSIDE uint64_t why401_no_status(const uint8_t *s, uint64_t *status) {
  uint64_t word = why401_word(s - 1);
  uint64_t hundreds = word >> 24 & 0xff;
  uint64_t tens = (word >> 32 & 0xff) - '0';
  uint64_t ones = (word >> 40 & 0xff) - '0';
  uint64_t rest = tens * 10 + ones;
  *status = (hundreds - '0') * 100 + rest;
  return ((word & 0x00ff000000ffff00) ^ 0x0020000000202200) | ((word & 0xff) == '\\') | (tens > 9) | (ones > 9)
    | !((hundreds == '2') | ((hundreds == '3') & (rest == 4)));
}

/* ` 911 0.014 [service] [] peer 112 0.013 200 id` up to the end of a line, behind the quote at `place[0]`; `count` places
   are behind that, the newline among them. */
WHY401_INSIDE uint64_t why401_no_tail(const uint8_t *s, uint64_t to, const uint16_t *place, uint64_t count) {
  uint64_t length = place[2], seconds = place[3], service = place[4];
  uint64_t peer = place[6], size = place[7], time = place[8];
  uint64_t status = count == WHY401_INGRESS_TAIL ? place[9] : to;
  /* Of each list the last byte, and the one behind the blank: no comma, no colon. */
  uint64_t ends = (why401_word(s + peer - 1) & 0xff00ff) | (why401_word(s + size - 1) & 0xff00ff) << 8
    | (why401_word(s + time - 1) & 0xff00ff) << 32 | (why401_word(s + status - 1) & 0xff00ff) << 40;
  uint64_t separators = ends ^ 0x3a3a2c2c3a3a2c2c;
  return why401_no_number(s, place[1] + 1, length) | why401_no_seconds(s, length + 1, seconds)
    | ((why401_word(s + seconds) & 0xffff) ^ 0x5b20) /* ` [` */
    | ((why401_word(s + service - 1) & 0xffffffffff) ^ 0x205d5b205d) /* `] [] ` */
    | why401_no_name(s, seconds + 2, service - 1) | ((separators - WHY401_ONES) & ~separators & WHY401_HIGHS)
    | (peer - service <= 5) | (size - peer <= 1) | (time - size <= 1) | (status - time <= 1);
}

/* `GET /path HTTP/1.1" 200 12 "referer" "agent" …` behind the head of a line, whose places are `place[0]` to
   `place[count]`, its newline. */
WHY401_INSIDE uint64_t why401_no_ingress(
    const uint8_t *s, uint64_t to, const uint16_t *place, uint64_t count, uint64_t *status) {
  uint64_t method = place[5] + 1u, target = place[6] + 1u, protocol = place[7], quote = place[8], size = place[11];
  uint64_t referer = why401_word(s + place[13] - 1);
  uint64_t agent = count - WHY401_INGRESS_TAIL;
  agent += (agent < 16) | (s[place[agent]] != '"');
  uint64_t ending = why401_word(s + place[agent] - 1);
  return (agent < 16) | why401_no_method(s, method, target - 1) | why401_no_plain_path(s, target, protocol)
    | ((why401_word(s + protocol) & 0xffffffffffff) ^ 0x2f5054544820) /* ` HTTP/` */
    | ((quote - protocol != 9) & (quote - protocol != 7)) | why401_no_status(s + quote, status)
    | why401_no_number(s, quote + 6, size) | ((why401_word(s + size) & 0xffff) ^ 0x2220) /* ` "` */
    | ((referer & 0xffffff00) ^ 0x22202200) | ((referer & 0xff) == '\\')                 /* `" "` */
    | ((ending & 0xffff00) ^ 0x202200) | ((ending & 0xff) == '\\')                       /* `" ` */
    | why401_no_tail(s, to, place + agent, count - agent);
}

WHY401_INSIDE uint64_t why401_fold(uint64_t a, uint64_t b) {
  unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/* The priority of a line of 128 bytes or more: a hash of its length and of 64 bytes at either end, pairs of words that do
   not wait for one another, as in XXH3, and splitmix64 at last. */
WHY401_INSIDE uint64_t why401_priority(const uint8_t *s, uint64_t count) {
  const uint64_t golden = 0x9e3779b97f4a7c15;
  uint64_t hash = count;
  uint64_t key = golden;
  _Pragma("unroll") for (uint64_t i = 0; i < 8; i++) {
    const uint8_t *pair = i < 4 ? s + i * 16 : s + count - 128 + i * 16;
    uint64_t first = why401_word(pair) ^ key;
    uint64_t second = why401_word(pair + 8) ^ (key + golden);
    /* Else Clang takes words into vectors, and out of them again to multiply. */
    __asm__("" : "+r"(first), "+r"(second));
    hash += why401_fold(first, second);
    key += 2 * golden;
  }
  hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9;
  hash = (hash ^ hash >> 27) * 0x94d049bb133111eb;
  return hash ^ hash >> 31;
}

WHY401_INSIDE uint64_t why401_differences(const uint8_t *s, const uint8_t *head) {
  return (why401_word(s) ^ why401_word(head)) | (why401_word(s + 8) ^ why401_word(head + 8))
    | (why401_word(s + 16) ^ why401_word(head + 16)) | (why401_word(s + 24) ^ why401_word(head + 24))
    | (why401_word(s + WHY401_INGRESS_HEAD - 8) ^ why401_word(head + WHY401_INGRESS_HEAD - 8));
}

/* Passes over plain successes of one status that have the head given and no priority below `limit`. */
WHY401_INSIDE why401_plain why401_ingress_lines(const why401_stretch *all, const uint8_t *head, uint64_t limit) {
  const uint8_t *s = all->bytes;
  why401_plain found = {0, 0, why401_goes_on, 0, 0};
  uint64_t first = 0;
  uint64_t quotes = 0;
  uint64_t start = 0;
  if (all->from > 0) {
    const why401_line *before = all->lines + all->from - 1;
    first = before->places + 1u;
    quotes = before->quotes;
    start = all->places[before->places] + 1u;
  }
  for (uint64_t i = all->from; i < all->to && start < all->begin; i++) {
    const why401_line *line = all->lines + i;
    const uint16_t *place = all->places + first;
    uint64_t count = line->places - first;
    uint64_t newline = all->places[line->places];
    if ((count < 16) | (line->quotes - quotes != WHY401_INGRESS_QUOTES) | (newline - start < 128)
        | (newline + WHY401_INGRESS_REACH > all->size) | why401_no_address(s, start, place[0])) {
      found.stop = why401_unknown;
      break;
    }
    if (why401_differences(s + place[0], head)) {
      found.stop = why401_other_head;
      found.at = place[0];
      break;
    }
    uint64_t status;
    if (why401_no_ingress(s, newline - (s[newline - 1] == '\r'), place, count, &status)) {
      found.stop = why401_unknown;
      break;
    }
    if (status != found.status) {
      if (found.lines > 0) break;
      found.status = status;
    }
    uint64_t priority = why401_priority(s + start, newline - start);
    if (priority < limit) {
      found.stop = why401_wanted;
      found.priority = priority;
      break;
    }
    found.lines++;
    first = line->places + 1u;
    quotes = line->quotes;
    start = newline + 1;
  }
  return found;
}

#define WHY401_INGRESS_LINES(name, attributes)                                                      \
  attributes static why401_plain name(const why401_stretch *all, const uint8_t *head, uint64_t limit) { \
    return why401_ingress_lines(all, head, limit);                                                  \
  }

WHY401_INGRESS_LINES(why401_ingress_plain, )
#if defined(__x86_64__)
WHY401_INGRESS_LINES(why401_ingress_avx2, __attribute__((target("avx2,bmi,bmi2,popcnt"))))
WHY401_INGRESS_LINES(
    why401_ingress_avx512, __attribute__((target("avx512bw,bmi,bmi2,popcnt"), min_vector_width(512))))
#endif

/* The same, `vectors` at a time (`why401_vectors`); `head` has 35 bytes. */
static inline why401_plain why401_ingress(
    const why401_stretch *all, const uint8_t *head, uint64_t limit, int vectors) {
#if defined(__x86_64__)
  if (vectors >= 2) return why401_ingress_avx512(all, head, limit);
  if (vectors == 1) return why401_ingress_avx2(all, head, limit);
#endif
  return why401_ingress_plain(all, head, limit);
}

#endif
