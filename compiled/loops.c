/* The training loops of python_impl/one_layer.py and two_layer.py in portable arithmetic, for many
 * networks at once: the same operations in the same order, so the same bits.
 *
 * It has to be compiled strictly: -ffp-contract=off, and nothing that lets the compiler reorder.
 *
 * LANES networks are trained side by side, and stand next to each other in memory: element u of a
 * hidden layer of n units is unit u / LANES of network u % LANES. The inner loops go over these, so
 * they fill a vector register with units where there is one network, and with networks where there
 * are many.
 */

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__clang__)
#define FOR_EACH_PROCESSOR \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif
#define INLINE static inline __attribute__((always_inline))

/* as in python_impl/portable.py */
#define LOWEST -746.0
#define HIGHEST 710.0
#define INV_LN2 0x1.71547652b82fep+0
#define LN2_HIGH 0x1.62e42feep-1
#define LN2_LOW 0x1.a39ef35793c76p-33

#define TO_WHOLE 0x1.8p52 /* adding it rounds to a whole number, which its last bits then hold */
#define BIAS 1023
#define MANTISSA_BITS 52

typedef struct {
  double y; /* exp(x) is y times 2 to the power of k */
  double k;
} scaled;

INLINE scaled exp_without_its_power(double x) {
  double k = (x * INV_LN2 + TO_WHOLE) - TO_WHOLE;
  double high = x - k * LN2_HIGH;
  double low = k * LN2_LOW;
  double r = high - low;
  double rest = (high - r) - low;

  double square = r * r;
  double odd = 0x1.af38a0d2d9620p-26;
  odd = odd * square + 0x1.71de0db21e27fp-19;
  odd = odd * square + 0x1.a01a01a7c327ap-13;
  odd = odd * square + 0x1.11111111109b4p-7;
  odd = odd * square + 0x1.5555555555556p-3;
  double even = 0x1.1f66da6ee7eeap-29;
  even = even * square + 0x1.27e4e1f6a6779p-22;
  even = even * square + 0x1.a01a01a47a78fp-16;
  even = even * square + 0x1.6c16c16c167e2p-10;
  even = even * square + 0x1.5555555555555p-5;
  double tail = square * 0.5 + (square * (r * odd + square * even) + (rest + rest * r));
  double s = 1 + r;
  return (scaled){s + (((1 - s) + r) + tail), k};
}

INLINE double power_of_two(double k) {
  double whole = k + TO_WHOLE, base = TO_WHOLE, result;
  uint64_t bits, of_base;
  memcpy(&bits, &whole, sizeof bits);
  memcpy(&of_base, &base, sizeof of_base);
  bits = (bits - of_base + BIAS) << MANTISSA_BITS;
  memcpy(&result, &bits, sizeof result);
  return result;
}

INLINE double between(double low, double x, double high) { /* NaN stays NaN */
  x = high < x ? high : x;
  return low > x ? low : x;
}

INLINE double portable_exp(double x) {
  scaled e = exp_without_its_power(between(LOWEST, x, HIGHEST));
  double half = floor(e.k * 0.5);
  return e.y * power_of_two(half) * power_of_two(e.k - half);
}

/* 1 + exp(x) is 1 for every x below ENOUGH, so that one power of two will do. The largest is 2^1024,
 * which is no double: half of it, and y twice. */
#define ENOUGH -700.0
INLINE void sigmoid(double *restrict x, long n) {
  for (long u = 0; u < n; u++) {
    scaled e = exp_without_its_power(between(ENOUGH, -x[u], HIGHEST));
    x[u] = 1 / (1 + (e.y + e.y) * power_of_two(e.k - 1));
  }
}

/* MOST_LANES doubles next to each other, wherever they begin. */
typedef double wide
    __attribute__((vector_size(MOST_LANES * sizeof(double)), aligned(sizeof(double)), may_alias));
#define WIDE(x) (*(wide *)(x))
#define READ(x) (*(const wide *)(x))

/* result[u]: rows of n elements, so many, each times its factor, added from the first to the last. */
INLINE void combine(long n, long many, const double *factor, long apart, const double *rows,
                    double *restrict result) {
  long u = 0;
  for (; u + MOST_LANES <= n; u += MOST_LANES) {
    wide sum = factor[0] * READ(rows + u);
    for (long k = 1; k < many; k++) sum = sum + factor[k * apart] * READ(rows + k * n + u);
    WIDE(result + u) = sum;
  }
  for (; u < n; u++) {
    double sum = factor[0] * rows[u];
    for (long k = 1; k < many; k++) sum = sum + factor[k * apart] * rows[k * n + u];
    result[u] = sum;
  }
}

/* result[m]: the products of so many elements of each network, a_apart and b_apart doubles apart,
 * added from the first to the last. */
INLINE void dot(const int LANES, long many, const double *a, long a_apart, const double *b,
                long b_apart, double *restrict result) {
  if (LANES == 1) {
    double sum = a[0] * b[0];
    for (long k = 1; k < many; k++) sum = sum + a[k * a_apart] * b[k * b_apart];
    result[0] = sum;
  } else {
    wide sum = READ(a) * READ(b);
    for (long k = 1; k < many; k++) sum = sum + READ(a + k * a_apart) * READ(b + k * b_apart);
    WIDE(result) = sum;
  }
}

/* result[u] = by[m] x[u], and result[u] = result[u] + by[m] x[u], for n elements of each network. */
INLINE void multiply(const int LANES, long n, const double *by, const double *x,
                     double *restrict result) {
  if (LANES == 1)
    for (long h = 0; h < n; h++) result[h] = by[0] * x[h];
  else
    for (long h = 0; h < n; h++) WIDE(result + h * LANES) = READ(by) * READ(x + h * LANES);
}

INLINE void add_multiplied(const int LANES, long n, const double *by, const double *x,
                           double *restrict result) {
  if (LANES == 1)
    for (long h = 0; h < n; h++) result[h] = result[h] + by[0] * x[h];
  else
    for (long h = 0; h < n; h++) {
      double *at = result + h * LANES;
      WIDE(at) = READ(at) + READ(by) * READ(x + h * LANES);
    }
}

/* error = y - layer, delta = error layer (1 - layer), and the mean of error's absolute values. */
INLINE void compare_with(const int LANES, long n_obs, const double *y, const double *restrict layer,
                         double *restrict error, double *restrict delta,
                         double *restrict mean_error) {
  for (long o = 0; o < n_obs; o++)
    for (int m = 0; m < LANES; m++) {
      long u = o * LANES + m;
      error[u] = y[o] - layer[u];
      delta[u] = error[u] * (layer[u] * (1 - layer[u]));
    }
  for (int m = 0; m < LANES; m++) {
    double sum = fabs(error[m]);
    for (long o = 1; o < n_obs; o++) sum = sum + fabs(error[o * LANES + m]);
    mean_error[m] = sum / n_obs;
  }
}

INLINE void one_layer(const int LANES, long n_obs, long n_in, long maxiter, const double *X,
                      const double *y, double *restrict synapse_0, double *restrict error,
                      double *restrict layer_1, double *restrict layer_1_error,
                      double *restrict layer_1_delta, double *restrict update_0) {
  for (long j = 0; j < maxiter; j++) {
    for (long o = 0; o < n_obs; o++)
      combine(LANES, n_in, X + o * n_in, 1, synapse_0, layer_1 + o * LANES);
    sigmoid(layer_1, n_obs * LANES);

    compare_with(LANES, n_obs, y, layer_1, layer_1_error, layer_1_delta, error + j * LANES);

    for (long i = 0; i < n_in; i++)
      combine(LANES, n_obs, X + i, n_in, layer_1_delta, update_0 + i * LANES);
    for (long u = 0; u < n_in * LANES; u++) synapse_0[u] = synapse_0[u] + update_0[u];
  }
}

/* How often the sign of each update changed; prev holds the ones before. */
INLINE void count_changes(const double *restrict update, double *restrict prev,
                          double *restrict count, long n, long j) {
  for (long u = 0; u < n; u++) {
    if (j > 0) count[u] += (update[u] > 0) != (prev[u] > 0);
    prev[u] = update[u];
  }
}

INLINE void two_layer(const int LANES, const int COUNTING, long n_obs, long n_in, long hidden_size,
                      long maxiter, const double *X, const double *y, double *restrict synapse_0,
                      double *restrict synapse_1, const double *restrict alpha,
                      double *restrict error, double *restrict layer_1, double *restrict layer_2,
                      double *restrict layer_2_error, double *restrict layer_2_delta,
                      double *restrict layer_1_error, double *restrict layer_1_delta,
                      double *restrict update_0, double *restrict update_1,
                      double *restrict prev_0, double *restrict prev_1, double *restrict count_0,
                      double *restrict count_1) {
  const long n = hidden_size * LANES;
  for (long j = 0; j < maxiter; j++) {
    for (long o = 0; o < n_obs; o++)
      combine(n, n_in, X + o * n_in, 1, synapse_0, layer_1 + o * n);
    sigmoid(layer_1, n_obs * n);

    for (long o = 0; o < n_obs; o++)
      dot(LANES, hidden_size, layer_1 + o * n, LANES, synapse_1, LANES, layer_2 + o * LANES);
    sigmoid(layer_2, n_obs * LANES);
    compare_with(LANES, n_obs, y, layer_2, layer_2_error, layer_2_delta, error + j * LANES);

    for (long o = 0; o < n_obs; o++)
      multiply(LANES, hidden_size, layer_2_delta + o * LANES, synapse_1, layer_1_error + o * n);
    for (long u = 0; u < n_obs * n; u++)
      layer_1_delta[u] = layer_1_error[u] * (layer_1[u] * (1 - layer_1[u]));

    if (LANES == 1)
      combine(n, n_obs, layer_2_delta, 1, layer_1, update_1);
    else
      for (long u = 0; u < n; u += LANES)
        dot(LANES, n_obs, layer_1 + u, n, layer_2_delta, LANES, update_1 + u);
    for (long i = 0; i < n_in; i++)
      combine(n, n_obs, X + i, n_in, layer_1_delta, update_0 + i * n);
    if (COUNTING) {
      count_changes(update_1, prev_1, count_1, n, j);
      count_changes(update_0, prev_0, count_0, n_in * n, j);
    }

    add_multiplied(LANES, hidden_size, alpha, update_1, synapse_1);
    add_multiplied(LANES, n_in * hidden_size, alpha, update_0, synapse_0);
  }
}

FOR_EACH_PROCESSOR
void exp_of(long n, double *restrict x) {
  for (long u = 0; u < n; u++) x[u] = portable_exp(x[u]);
}

#define ONE_LAYER                                                                              \
  n_obs, n_in, maxiter, X, y, synapse_0, error, layer_1, layer_1_error, layer_1_delta,       \
      update_0

FOR_EACH_PROCESSOR
void one_layer_train(long lanes, long n_obs, long n_in, long maxiter, const double *X,
                     const double *y, double *synapse_0, double *error, double *layer_1,
                     double *layer_1_error, double *layer_1_delta, double *update_0) {
  if (lanes == 1)
    one_layer(1, ONE_LAYER);
  else
    one_layer(MOST_LANES, ONE_LAYER);
}

#define TWO_LAYER                                                                              \
  n_obs, n_in, hidden_size, maxiter, X, y, synapse_0, synapse_1, alpha, error, layer_1,        \
      layer_2, layer_2_error, layer_2_delta, layer_1_error, layer_1_delta, update_0,           \
      update_1, prev_0, prev_1,                                                                \
      count_0, count_1

FOR_EACH_PROCESSOR
void two_layer_train(long lanes, long counting, long n_obs, long n_in, long hidden_size,
                     long maxiter, const double *X, const double *y, double *synapse_0,
                     double *synapse_1, const double *alpha, double *error, double *layer_1,
                     double *layer_2, double *layer_2_error, double *layer_2_delta,
                     double *layer_1_error, double *layer_1_delta, double *update_0, double *update_1,
                     double *prev_0, double *prev_1, double *count_0, double *count_1) {
  if (lanes == 1 && counting)
    two_layer(1, 1, TWO_LAYER);
  else if (lanes == 1)
    two_layer(1, 0, TWO_LAYER);
  else if (counting)
    two_layer(MOST_LANES, 1, TWO_LAYER);
  else
    two_layer(MOST_LANES, 0, TWO_LAYER);
}
