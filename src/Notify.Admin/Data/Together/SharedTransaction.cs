using System.Data.Common;

namespace Notify.Admin.Data;

/// <summary>One transaction over the saves of several services, for whoever called <see cref="ChangeFeed.ChangeTogetherAsync"/>: every
/// context made meanwhile is part of it. One thing after the other: a connection does one at a time.</summary>
internal sealed class SharedTransaction(DbConnection connection, DbTransaction transaction)
{
    private static readonly AsyncLocal<SharedTransaction?> Ambient = new();

    private readonly HashSet<string> _areas = [];

    private volatile bool _hasEnded;

    /// <summary>Null outside; also for what was begun inside and goes on after the end.</summary>
    public static SharedTransaction? Current => Ambient.Value is { _hasEnded: false } current ? current : null;

    public DbConnection Connection => connection;

    public DbTransaction Transaction => transaction;

    /// <summary>What is to be announced when it is committed.</summary>
    public IReadOnlyCollection<string> Areas => _areas;

    public void Announce(string area) => _areas.Add(area);

    /// <summary>Runs <paramref name="work"/> inside.</summary>
    public async Task<bool> RunAsync(Func<Task<bool>> work)
    {
        Ambient.Value = this;
        try
        {
            return await work();
        }
        finally
        {
            _hasEnded = true;
            Ambient.Value = null;
        }
    }
}
