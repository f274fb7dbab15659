namespace Notify.Sandbox.Faults;

/// <summary>The faults that are on. For each call the oldest one that matches (and whose dice say so) is applied; one that is used up
/// disappears.</summary>
public sealed class FaultList
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private readonly int? _seed;
    private Random _random;
    private int _lastId;

    internal FaultList(int? seed)
    {
        _seed = seed;
        _random = NewRandom();
    }

    /// <summary>What is on, oldest first.</summary>
    public IReadOnlyList<FaultStatus> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Select(entry => entry.Describe())];
            }
        }
    }

    /// <summary>Adds a fault and returns it with its id.</summary>
    /// <exception cref="ArgumentException">A value makes no sense; the message names it.</exception>
    public SandboxFault Add(SandboxFault fault)
    {
        if (fault.FindProblem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(fault));
        }

        lock (_gate)
        {
            fault = fault with { Id = ++_lastId };
            _entries.Add(new Entry(fault));
            return fault;
        }
    }

    /// <summary>Takes one fault away. False: there is none with that id.</summary>
    public bool Remove(int id)
    {
        lock (_gate)
        {
            return _entries.RemoveAll(entry => entry.Fault.Id == id) > 0;
        }
    }

    /// <summary>Everything works again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _random = NewRandom();
        }
    }

    internal SandboxFault? Take(CallTarget call)
    {
        lock (_gate)
        {
            for (var i = 0; i < _entries.Count; i++)
            {
                var entry = _entries[i];
                if (!entry.Fault.AppliesTo(call) || !entry.IsDue() || _random.NextDouble() >= entry.Fault.Probability)
                {
                    continue;
                }

                entry.Hits++;
                if (entry.IsUsedUp)
                {
                    _entries.RemoveAt(i);
                }

                return entry.Fault;
            }

            return null;
        }
    }

    // A toy's dice: repeatable where a seed is given, and no secret depends on them.
#pragma warning disable CA5394
    private Random NewRandom() => _seed is { } seed ? new Random(seed) : new Random();
#pragma warning restore CA5394

    private sealed class Entry(SandboxFault fault)
    {
        private int _passed;

        public SandboxFault Fault { get; } = fault;
        public int Hits { get; set; }
        public bool IsUsedUp => Fault.Calls > 0 && Hits >= Fault.Calls;

        public bool IsDue() => _passed >= Fault.After || _passed++ >= Fault.After;

        public FaultStatus Describe() => new(Fault, Hits, Fault.Calls > 0 ? Fault.Calls - Hits : null);
    }
}
