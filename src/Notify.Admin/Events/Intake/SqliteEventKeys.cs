using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>The events' keys in the table <c>EventKeys</c>, which follows behind intake. Keys are random: in an index that intake keeps
/// itself, each event changes a page of its own, and costs the more the more events there are. The newest are only here, in memory, until
/// there are enough of them for every page to take several at once: then each group of events takes some of them along, in the order of the
/// table. One process owns the file and one transaction at a time adds events, so nothing comes between asking and adding.</summary>
internal sealed class SqliteEventKeys(PatientContexts contexts) : IEventKeys
{
    /// <summary>So many newest keys are worth a change of the table.</summary>
    public const int Enough = 100_000;

    // The note of the last event whose key is in the table.
    private const string LastMerged = "EventKeys.LastMerged";

    // Half of a SHA-256. The table has the beginning of it, and the event's row the whole, by which every hit is proved.
    private const int HashLength = 32;
    private const int HashBytes = HashLength / 2;
    private const int HeadLength = 12;
    private const int HeadShift = 128 - (HeadLength * 4);
    private const string HeadFormat = "x12";

    // While intake rests a chunk is a transaction: what comes waits for one at most.
    private const int ChunkSize = 2000;

    // Beside so many of its own a group takes along: more than it adds, so that this ends before there are enough again.
    private const int LeastAlong = 64;

    private const string IsStored = """
        SELECT 1 FROM "EventKeys" AS k JOIN "Events" AS e ON e."Id" = k."EventRowId" WHERE k."Head" = ? AND e."Key" = ?
        """;

    private const string IsRow = """SELECT 1 FROM "Events" WHERE "Id" = ? AND "Key" = ?""";

    private const string Heads = """SELECT "Head" AS "Value" FROM "EventKeys" WHERE "Head" > {0} ORDER BY "Head" LIMIT 20000""";

    private const string Note = """
        INSERT INTO "ServerSettings" ("Key", "Value") VALUES (?, ?) ON CONFLICT ("Key") DO UPDATE SET "Value" = excluded."Value"
        """;

    // What a transaction that failed half way through had told nobody of is there already the next time.
    private static readonly SqliteInsert Insert = new("""INSERT OR IGNORE INTO "EventKeys" ("Head", "EventRowId")""", 2);

    // Translated once: it runs with each commit of intake.
    private readonly Func<NotifyDbContext, long, IAsyncEnumerable<StoredKey>> _since = EF.CompileAsyncQuery(
        (NotifyDbContext context, long last) =>
            context.Events.Where(e => e.Id > last).OrderBy(e => e.Id).Select(e => new StoredKey(e.Id, e.Key)));

    private readonly Lock _gate = new();
    private readonly KeyFilter _merged = new();
    private volatile bool _isFilterWhole;
    private Dictionary<UInt128, long> _newest = [];
    private Dictionary<UInt128, long> _merging = [];
    // Being sorted, or sorted: not in a transaction, where everybody who writes would wait for it.
    private Task<Merge>? _merge;
    private Written? _taken;
    private long? _lastRead;

    /// <summary>How many keys are not in the table and not on their way into it.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _newest.Count;
            }
        }
    }

    public async Task<KnownEvents> KnownAsync(NotifyDbContext context, IReadOnlyCollection<string> keys,
        CancellationToken cancellationToken)
    {
        await CatchUpAsync(context, cancellationToken);
        using var isStored = SqliteStatement.On(context, IsStored);
        using var isRow = SqliteStatement.On(context, IsRow);
        HashSet<string> known = [];
        foreach (var key in keys)
        {
            var hash = HashOf(key) ?? throw new ArgumentException("An event's key is a hash.", nameof(keys));
            if ((Newest(hash) is { } id && isRow.Add(id).Add(key).Any())
                || ((!_isFilterWhole || _merged.MayContain(HeadOf(hash))) && isStored.Add(key[..HeadLength]).Add(key).Any()))
            {
                known.Add(key);
            }
        }

        return new KnownEvents(known);
    }

    public void TakeAlong(NotifyDbContext context, int added)
    {
        if (Count >= Enough)
        {
            Begin();
        }

        _taken = Sorted()?.Write(context, Math.Max(LeastAlong, added + (added / 2)));
    }

    // Before they were written all others were read, in the same transaction.
    public void Added(IReadOnlyList<NewEvent> events)
    {
        lock (_gate)
        {
            foreach (var added in events)
            {
                Add(added.Row.Key, added.Row.Id);
            }

            _lastRead = events[^1].Row.Id;
        }

        Committed(_taken);
        _taken = null;
    }

    /// <summary>Reads what is in the table, so that it is asked only for what may be there. What is merged meanwhile is noted as it
    /// is.</summary>
    public async Task ReadFilterAsync(CancellationToken cancellationToken)
    {
        if (_isFilterWhole)
        {
            return;
        }

        // A piece at a time: a long look would keep the log from beginning again.
        for (List<string> heads = [""]; heads.Count > 0;)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            heads = await context.Database.SqlQueryRaw<string>(Heads, heads[^1]).ToListAsync(cancellationToken);
            heads.ForEach(head => _merged.Add(ulong.Parse(head, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
        }

        _isFilterWhole = true;
    }

    /// <summary>Moves the newest keys into the table, or the rest of those that are on their way, in its order.</summary>
    public async Task MergeAsync(CancellationToken cancellationToken)
    {
        Begin();
        while (Current() is { } sorting)
        {
            await sorting;
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            // Intake may have taken the last of them along, until it was this one's turn.
            var written = Sorted()?.Write(context, ChunkSize);
            await transaction.CommitAsync(cancellationToken);
            Committed(written);
        }
    }

    private Task<Merge>? Current()
    {
        lock (_gate)
        {
            return _merge;
        }
    }

    private Merge? Sorted() => Current() is { IsCompletedSuccessfully: true } sorted ? sorted.Result : null;

    private void Begin()
    {
        lock (_gate)
        {
            if (_merge is null && _newest.Count > 0 && _lastRead is { } read)
            {
                // The emptied dictionary keeps its size, which it will need again.
                (_merging, _newest) = (_newest, _merging);
                var keys = _merging;
                _merge = Task.Run(() => new Merge(keys, read, _merged));
            }
        }
    }

    private void Committed(Written? written)
    {
        lock (_gate)
        {
            if (written is var (merge, end) && merge.Commit(end) && merge == Sorted())
            {
                _merging.Clear();
                _merge = null;
            }
        }
    }

    // What nobody told of since, and at the start what the table does not have yet.
    private async Task CatchUpAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        if (_lastRead is { } read && SqliteStatement.LastId(context, "Events") <= read)
        {
            return;
        }

        var last = _lastRead ?? await LastMergedAsync(context, cancellationToken);
        await foreach (var (id, key) in _since(context, last).WithCancellation(cancellationToken))
        {
            last = id;
            lock (_gate)
            {
                Add(key, id);
            }
        }

        lock (_gate)
        {
            _lastRead = last;
        }
    }

    private void Add(string key, long id)
    {
        if (HashOf(key) is { } hash)
        {
            _newest[hash] = id;
        }
    }

    private long? Newest(UInt128 hash)
    {
        lock (_gate)
        {
            return _newest.TryGetValue(hash, out var id) || _merging.TryGetValue(hash, out id) ? id : null;
        }
    }

    private static async Task<long> LastMergedAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        var note = await context.ServerSettings.Where(s => s.Key == LastMerged).Select(s => s.Value)
            .SingleOrDefaultAsync(cancellationToken);
        return note is null ? 0 : long.Parse(note, CultureInfo.InvariantCulture);
    }

    // Null for what no event that is taken in can have.
    private static UInt128? HashOf(string key)
    {
        Span<byte> bytes = stackalloc byte[HashBytes];
        return key.Length >= HashLength
            && Convert.FromHexString(key.AsSpan(0, HashLength), bytes, out _, out _) == OperationStatus.Done
            ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : null;
    }

    private static ulong HeadOf(UInt128 hash) => (ulong)(hash >> HeadShift);

    /// <summary>So many of its keys are in the table, if the transaction that wrote them is committed.</summary>
    private sealed record Written(Merge Merge, int End);

    /// <summary>Keys on their way into the table, in its order. One transaction after the other writes some, intake's or one of their own;
    /// they count once it is committed.</summary>
    private sealed class Merge
    {
        private readonly KeyValuePair<UInt128, long>[] _keys;
        private readonly long _last;
        private readonly KeyFilter _filter;
        private int _committed;

        /// <param name="last">The last event of theirs.</param>
        /// <param name="filter">Told of each before it is in the table.</param>
        public Merge(Dictionary<UInt128, long> keys, long last, KeyFilter filter)
        {
            (_keys, _last, _filter) = ([.. keys], last, filter);
            Array.Sort(keys.Keys.ToArray(), _keys);
        }

        public Written Write(NotifyDbContext context, int most)
        {
            // Read once: whoever has committed before may tell of it meanwhile.
            var begin = Volatile.Read(ref _committed);
            var end = Math.Min(begin + most, _keys.Length);
            Insert.Insert(context, new ArraySegment<KeyValuePair<UInt128, long>>(_keys, begin, end - begin), Bind);
            if (end == _keys.Length)
            {
                using var note = SqliteStatement.On(context, Note);
                note.Add(LastMerged).Add(_last.ToString(CultureInfo.InvariantCulture)).Execute();
            }

            return new Written(this, end);
        }

        /// <returns>Whether all are in the table.</returns>
        public bool Commit(int end)
        {
            _committed = Math.Max(_committed, end);
            return _committed == _keys.Length;
        }

        private void Bind(SqliteStatement insert, KeyValuePair<UInt128, long> key)
        {
            var head = HeadOf(key.Key);
            _filter.Add(head);
            insert.Add(head.ToString(HeadFormat, CultureInfo.InvariantCulture)).Add(key.Value);
        }
    }

    private sealed record StoredKey(long RowId, string Key);
}
