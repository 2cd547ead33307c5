#ifndef WHY401_CISAL_H
#define WHY401_CISAL_H

#include <stdint.h>
#include <stdlib.h>
#include <isa-l.h>

/* The state holds arrays of 64 KiB, which Swift would import as tuples: it stays behind these functions. */

typedef struct why401_inflater why401_inflater;

/* NULL when there is no memory. */
static inline why401_inflater *why401_inflater_new(void) {
  struct inflate_state *state = (struct inflate_state *)calloc(1, sizeof(struct inflate_state));
  if (state) {
    isal_inflate_init(state);
    state->crc_flag = ISAL_GZIP;
  }
  return (why401_inflater *)state;
}

static inline void why401_inflater_free(why401_inflater *inflater) { free(inflater); }

/* Before a further member. */
static inline void why401_inflater_reset(why401_inflater *inflater) {
  struct inflate_state *state = (struct inflate_state *)inflater;
  isal_inflate_reset(state);
  state->crc_flag = ISAL_GZIP;
}

/* 0: go on; 1: the member ended well; negative: an error of isal_inflate. */
static inline int why401_inflater_step(
    why401_inflater *inflater, const uint8_t *in, uint32_t in_length, uint8_t *out,
    uint32_t out_length, uint32_t *taken, uint32_t *given) {
  struct inflate_state *state = (struct inflate_state *)inflater;
  state->next_in = (uint8_t *)in;
  state->avail_in = in_length;
  state->next_out = out;
  state->avail_out = out_length;
  int code = isal_inflate(state);
  *taken = in_length - state->avail_in;
  *given = out_length - state->avail_out;
  if (code != ISAL_DECOMP_OK) return code < 0 ? code : -100 - code;
  return state->block_state == ISAL_BLOCK_FINISH ? 1 : 0;
}

#endif
