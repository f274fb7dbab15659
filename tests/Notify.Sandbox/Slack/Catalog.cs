using System.Collections.Concurrent;

namespace Notify.Sandbox.Slack;

/// <summary>Things of one sort by their id. Reads are cheap, also the ordered list of all, which pages are cut from.</summary>
public sealed class Catalog<T> where T : class
{
    private readonly ConcurrentDictionary<string, T> _items = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Func<T, string> _id;
    private readonly Func<T, string?> _findProblem;
    private volatile IReadOnlyList<T>? _ordered;

    internal Catalog(Func<T, string> id, Func<T, string?> findProblem)
    {
        _id = id;
        _findProblem = findProblem;
    }

    /// <summary>All of them, ordered by id.</summary>
    public IReadOnlyList<T> All => _ordered ?? Order();

    public T? Find(string id) => _items.GetValueOrDefault(id);

    /// <summary>Adds them, each in place of the one with the same id.</summary>
    /// <exception cref="ArgumentException">One makes no sense; the message names the field. None is added.</exception>
    public void Put(params IReadOnlyCollection<T> items)
    {
        Check(items);
        lock (_gate)
        {
            foreach (var item in items)
            {
                _items[_id(item)] = item;
            }

            _ordered = null;
        }
    }

    /// <summary>Has exactly these from now on.</summary>
    /// <exception cref="ArgumentException">One makes no sense; the message names the field. Nothing changes.</exception>
    public void Replace(IReadOnlyCollection<T> items)
    {
        Check(items);
        lock (_gate)
        {
            _items.Clear();
            foreach (var item in items)
            {
                _items[_id(item)] = item;
            }

            _ordered = null;
        }
    }

    /// <summary>Takes one away. False: there is none.</summary>
    public bool Remove(string id)
    {
        lock (_gate)
        {
            _ordered = null;
            return _items.TryRemove(id, out _);
        }
    }

    private void Check(IReadOnlyCollection<T> items)
    {
        var position = 0;
        foreach (var item in items)
        {
            if (_findProblem(item) is { } problem)
            {
                throw new ArgumentException(items.Count == 1 ? problem : $"[{position}].{problem}", nameof(items));
            }

            position++;
        }
    }

    private IReadOnlyList<T> Order()
    {
        lock (_gate)
        {
            return _ordered ??= [.. _items.Values.OrderBy(_id, StringComparer.Ordinal)];
        }
    }
}
