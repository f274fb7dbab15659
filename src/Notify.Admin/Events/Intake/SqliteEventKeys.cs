using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Events;

/// <summary>The events' keys in the table <c>EventKeys</c>, which follows behind intake. Keys are random: in an index that intake keeps
/// itself, each event changes a page of its own, and costs the more the more events there are. The newest are only here, in memory, until
/// there are enough of them for every page to take several at once. One process owns the file and one transaction at a time adds events, so
/// nothing comes between asking and adding.</summary>
internal sealed class SqliteEventKeys(PatientContexts contexts) : IEventKeys
{
    /// <summary>So many newest keys are worth a change of the table.</summary>
    public const int Enough = 100_000;

    // The note of the last event whose key is in the table.
    private const string LastMerged = "EventKeys.LastMerged";

    // Half of a SHA-256. The table has the beginning of it, and the event's row the whole, by which every hit is proved.
    private const int HashLength = 32;
    private const int HeadLength = 12;

    // A chunk is a transaction: intake waits for one at most.
    private const int ChunkSize = 2000;

    private const string IsStored = """
        SELECT 1 FROM "EventKeys" AS k JOIN "Events" AS e ON e."Id" = k."EventRowId" WHERE k."Head" = ? AND e."Key" = ?
        """;

    private const string IsRow = """SELECT 1 FROM "Events" WHERE "Id" = ? AND "Key" = ?""";
    private const string Insert = """INSERT OR IGNORE INTO "EventKeys" ("Head", "EventRowId") VALUES (?, ?)""";

    // Translated once: it runs with each commit of intake.
    private readonly Func<NotifyDbContext, long, IAsyncEnumerable<StoredKey>> _since = EF.CompileAsyncQuery(
        (NotifyDbContext context, long last) =>
            context.Events.Where(e => e.Id > last).OrderBy(e => e.Id).Select(e => new StoredKey(e.Id, e.Key)));

    private readonly Lock _gate = new();
    private Dictionary<UInt128, long> _newest = [];
    private Dictionary<UInt128, long> _merging = [];
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
            if ((Newest(key) is { } id && isRow.Add(id).Add(key).Any()) || isStored.Add(key[..HeadLength]).Add(key).Any())
            {
                known.Add(key);
            }
        }

        return new KnownEvents(known);
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
    }

    /// <summary>Moves the newest keys into the table, in its order.</summary>
    public async Task MergeAsync(CancellationToken cancellationToken)
    {
        long last;
        lock (_gate)
        {
            if (_newest.Count == 0 || _lastRead is not { } read)
            {
                return;
            }

            // The emptied dictionary keeps its size, which it will need again.
            (_merging, _newest, last) = (_newest, _merging, read);
        }

        try
        {
            await InsertAsync(_merging, cancellationToken);
            await NoteAsync(last, cancellationToken);
        }
        catch
        {
            lock (_gate)
            {
                // What did get there is ignored the next time.
                foreach (var (hash, id) in _merging)
                {
                    _newest.TryAdd(hash, id);
                }
            }

            throw;
        }
        finally
        {
            lock (_gate)
            {
                _merging.Clear();
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

    private long? Newest(string key)
    {
        var hash = HashOf(key) ?? throw new ArgumentException("An event's key is a hash.", nameof(key));
        lock (_gate)
        {
            return _newest.TryGetValue(hash, out var id) || _merging.TryGetValue(hash, out id) ? id : null;
        }
    }

    private async Task InsertAsync(Dictionary<UInt128, long> keys, CancellationToken cancellationToken)
    {
        var sorted = keys.ToArray();
        Array.Sort(sorted, (one, other) => one.Key.CompareTo(other.Key));
        foreach (var chunk in sorted.Chunk(ChunkSize))
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            using (var insert = new SqliteStatement((SqliteConnection)context.Database.GetDbConnection(), Insert))
            {
                foreach (var (hash, id) in chunk)
                {
                    insert.Add(hash.ToString("x32", CultureInfo.InvariantCulture)[..HeadLength]).Add(id).Execute();
                }
            }

            await transaction.CommitAsync(cancellationToken);
        }
    }

    private async Task NoteAsync(long last, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var value = last.ToString(CultureInfo.InvariantCulture);
        await context.Database.ExecuteSqlAsync(
            $"""INSERT INTO "ServerSettings" ("Key", "Value") VALUES ({LastMerged}, {value}) ON CONFLICT ("Key") DO UPDATE SET "Value" = excluded."Value" """, cancellationToken);
    }

    private static async Task<long> LastMergedAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        var note = await context.ServerSettings.Where(s => s.Key == LastMerged).Select(s => s.Value)
            .SingleOrDefaultAsync(cancellationToken);
        return note is null ? 0 : long.Parse(note, CultureInfo.InvariantCulture);
    }

    // Null for what no event that is taken in can have.
    private static UInt128? HashOf(string key) =>
        key.Length >= HashLength && UInt128.TryParse(key.AsSpan(0, HashLength), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out var hash) ? hash : null;

    private sealed record StoredKey(long RowId, string Key);
}
