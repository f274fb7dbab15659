using System.Runtime.CompilerServices;

namespace Notify.Admin.Rules;

/// <summary>The chatbots that hear one event, found while they are enumerated (<c>foreach</c>, without allocating).</summary>
public struct RuleMatches
{
    internal const int MaxSlices = 8;

    private readonly Entry[] _entries;
    private readonly string? _groupId;
    private Slices _slices;
    private int _count;
    private int _at = -1;
    private int _next;
    private int _end;

    internal RuleMatches(Entry[] entries, string? groupId)
    {
        _entries = entries;
        _groupId = groupId;
    }

    public readonly RuleMatch Current => _entries[_next - 1].Match;

    public readonly RuleMatches GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            while (_next < _end)
            {
                if (_entries[_next++].Accepts(_groupId))
                {
                    return true;
                }
            }

            if (++_at >= _count)
            {
                return false;
            }

            _next = _slices[_at].Start;
            _end = _next + _slices[_at].Count;
        }
    }

    internal void Add(Slice slice) => _slices[_count++] = slice;

    internal record struct Slice(int Start, int Count);

    /// <param name="Groups">Null when the way the entry was found already answered for the group.</param>
    internal readonly record struct Entry(RuleMatch Match, HashSet<string>? Groups)
    {
        public bool Accepts(string? groupId) => Groups is null || (groupId is not null && Groups.Contains(groupId));
    }

    [InlineArray(MaxSlices)]
    private struct Slices
    {
        private Slice _first;
    }
}
