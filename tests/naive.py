"""Readable twins of the kernels, written from the formulas; slow, for tiny inputs only."""

from __future__ import annotations

import itertools
import math

import numpy as np

GRID_DURATIONS = {2: (250.0, 80.0), 3: (250.0, 120.0, 80.0), 4: (250.0, 120.0, 80.0, 60.0), 5: (250.0, 120.0, 80.0, 60.0, 50.0)}


def log_density(u, variance, nu, eta):
    """Log density of a variance proxy u with mean `variance`, up to the part that no state depends on."""
    if math.isinf(eta):
        return nu / 2 * math.log(nu / 2) - math.lgamma(nu / 2) - nu / 2 * (np.log(variance) + u / variance)
    constant = nu / 2 * math.log(nu / (eta - 2)) - math.lgamma(nu / 2) - math.lgamma(eta / 2) + math.lgamma((nu + eta) / 2)
    return constant - nu / 2 * np.log(variance) - (nu + eta) / 2 * np.log(1 + nu * u / ((eta - 2) * variance))


def transition_of(exits):
    n_states = len(exits)
    matrix = np.empty((n_states, n_states))
    for j in range(n_states):
        for k in range(n_states):
            matrix[j, k] = 1 - exits[j] if j == k else exits[j] / (n_states - 1)
    return matrix


def prior_of_ratio(step, n_states, prior):
    """Density, up to a constant, of the log ratio of two neighbouring volatilities."""
    if n_states == 3 and prior == "measured":
        return (1 + ((step - math.log(1.5)) / 0.1) ** 2 / 2) ** -1.5
    return math.exp(-0.5 * ((step - math.log(2.0 if n_states == 2 else 1.6)) / 0.35) ** 2)


def grid_candidates(n_states, prior):
    """(levels, list of (tuple of level indices, exits, prior)): estimator-research.md, section 1, steps 2 to 4."""
    n_levels = 20 if n_states == 2 else 16
    volatility = np.exp(np.linspace(math.log(0.4), math.log(3.5), n_levels))
    candidates = []
    for levels in itertools.combinations(range(n_levels), n_states):
        if any(b - a < 2 for a, b in itertools.pairwise(levels)):
            continue
        steps = [math.log(volatility[b] / volatility[a]) for a, b in itertools.pairwise(levels)]
        weight = math.prod(prior_of_ratio(step, n_states, prior) for step in steps)
        candidates += [(levels, 1 / (c * np.array(GRID_DURATIONS[n_states])), weight) for c in (0.4, 1.0, 2.0)]
    total = sum(weight for *_, weight in candidates)
    return volatility**2, [(levels, exits, weight / total) for levels, exits, weight in candidates]


def grid_fit(proxies, n_states, nu, eta, prior="published", held=None):
    """(variances, exits, log evidence): every candidate filtered on its own over the whole window, none dropped."""
    scale = proxies[:held].mean()
    u = proxies / scale
    levels, candidates = grid_candidates(n_states, prior)
    log_weights = []
    for indices, exits, prior in candidates:
        durations = 1 / exits
        belief = durations / durations.sum()
        log_weight = math.log(prior)
        for t, value in enumerate(u):
            if t > 0:
                belief = belief @ transition_of(exits)
            logs = log_density(value, levels[list(indices)], nu, eta)
            joint = belief * np.exp(logs - logs.max())
            log_weight += math.log(joint.sum()) + logs.max()
            belief = joint / joint.sum()
        log_weights.append(log_weight)
    log_weights = np.array(log_weights)
    top = log_weights.max()
    weights = np.exp(log_weights - top)
    evidence = top + math.log(weights.sum()) + (nu / 2 - 1) * np.log(u + 1e-12).sum()
    weights /= weights.sum()
    log_variances = sum(w * np.log(levels[list(c[0])]) for w, c in zip(weights, candidates, strict=True))
    log_exits = sum(w * np.log(c[1]) for w, c in zip(weights, candidates, strict=True))
    return np.exp(log_variances) * scale, np.exp(log_exits), evidence


def enumerate_paths(log_densities, start, transition):
    """(filtered (T, K), smoothed (T, K), log likelihood) by summing over every path of states."""
    n_bars, n_states = log_densities.shape
    filtered, smoothed = np.zeros((n_bars, n_states)), np.zeros((n_bars, n_states))
    likelihood = 0.0
    for end in range(1, n_bars + 1):
        total = np.zeros(n_states)
        for path in itertools.product(range(n_states), repeat=end):
            weight = start[path[0]] * math.exp(log_densities[0, path[0]])
            for t in range(1, end):
                weight *= transition[path[t - 1], path[t]] * math.exp(log_densities[t, path[t]])
            total[path[-1]] += weight
            if end == n_bars:
                for t, state in enumerate(path):
                    smoothed[t, state] += weight
        filtered[end - 1] = total / total.sum()
        likelihood = math.log(total.sum())
    return filtered, smoothed / smoothed.sum(axis=1, keepdims=True), likelihood


def baum_welch_step(x, start, transition, means, covariances, transition_prior, covariance_prior, full):
    """One iteration on x (T, D) by plain forward-backward; (parameters, log likelihood before it)."""
    n_bars, n_features = x.shape
    n_states = len(start)
    density = np.empty((n_bars, n_states))
    for k in range(n_states):
        inverse = np.linalg.inv(covariances[k])
        log_det = np.linalg.slogdet(covariances[k])[1]
        for t in range(n_bars):
            d = x[t] - means[k]
            density[t, k] = math.exp(-0.5 * (n_features * math.log(2 * math.pi) + log_det + d @ inverse @ d))
    forward, scale = np.empty_like(density), np.empty(n_bars)
    for t in range(n_bars):
        forward[t] = (start if t == 0 else forward[t - 1] @ transition) * density[t]
        scale[t] = forward[t].sum()
        forward[t] /= scale[t]
    backward = np.ones_like(density)
    for t in range(n_bars - 2, -1, -1):
        backward[t] = transition @ (density[t + 1] * backward[t + 1]) / scale[t + 1]
    gamma = forward * backward
    xi = sum(transition * np.outer(forward[t], density[t + 1] * backward[t + 1]) / scale[t + 1] for t in range(n_bars - 1))
    counts = np.maximum(transition_prior - 1 + xi, 0)
    new_means = gamma.T @ x / gamma.sum(axis=0)[:, None]
    new_covariances = np.empty_like(covariances)
    for k in range(n_states):
        d = x - new_means[k]
        scatter = (gamma[:, k, None] * d).T @ d + covariance_prior * np.eye(n_features)
        new_covariances[k] = (scatter if full else np.diag(np.diag(scatter))) / gamma[:, k].sum()
    parameters = (gamma[0] / gamma[0].sum(), counts / counts.sum(axis=1, keepdims=True), new_means, new_covariances)
    return parameters, float(np.log(scale).sum())


def informed_variances(x, shares):
    """Where EM starts, variance by state and feature (K, D) for x (T, D): days sorted by the last ten days' mean square."""
    n_bars = len(x)
    smoothed = [np.mean(x[max(t - 9, 0) : t + 1, 0] ** 2) for t in range(n_bars)]
    ranked = x[np.argsort(smoothed, kind="stable")]
    edges = [0, *(math.ceil(share * n_bars) for share in shares), n_bars]
    return np.array([np.maximum((ranked[a:b] ** 2).mean(axis=0), 1e-3) for a, b in itertools.pairwise(edges)])
