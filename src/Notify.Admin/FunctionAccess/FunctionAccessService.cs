using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>The managed functions: list, add, remove, read, accept, history. Every call checks the actor's policy.</summary>
internal sealed class FunctionAccessService(
    FunctionAccessStore store, AccessRunStore runs, FunctionReader reader, SlackWorkspaceStore workspaces, SlackDirectory directory,
    FunctionAccessAudit audit,
    TimeProvider time)
{
    public const int MostNameLength = 100;

    /// <summary>All managed functions, by name.</summary>
    public Task<IReadOnlyList<FunctionRow>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListAsync(cancellationToken);
    }

    /// <summary>A page of managed functions; searched by name and ids, which may be pasted as Slack hands them out.</summary>
    public Task<ListedPage<FunctionRow>> ListPageAsync(
        ListQuery<FunctionFilter, FunctionSort> query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListPageAsync(query with { Search = SlackIds.Function(query.Search) }, cancellationToken);
    }

    /// <summary>The workspaces to choose from, by name.</summary>
    public async Task<IReadOnlyList<AccessWorkspace>> ListWorkspacesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return [.. (await workspaces.ListAsync(cancellationToken))
            .Select(w => new AccessWorkspace(w.Id, w.Name, w.PairState == TokenPairState.Ok))];
    }

    /// <summary>Null when there is none with that id.</summary>
    public Task<ManagedFunction?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.FindAsync(id, cancellationToken);
    }

    /// <summary>All of them with their lists, by name.</summary>
    public Task<IReadOnlyList<ManagedFunction>> ListWholeAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.ListWholeAsync(null, cancellationToken);
    }

    /// <summary>Reads what Slack has now, and whether it drifted.</summary>
    /// <returns>Null when there is none with that id.</returns>
    public async Task<ManagedFunction?> RefreshAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        return await store.FindAsync(id, cancellationToken) is { } function
            ? (await reader.ReadAsync(function, cancellationToken)).Function : null;
    }

    /// <summary>Has these, or all, checked for drift in the background.</summary>
    /// <returns>How many.</returns>
    public Task<int> CheckAsync(IReadOnlyCollection<int>? ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        return store.MakeDueAsync(ids, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>How many are still to be checked.</summary>
    public Task<int> CountDueAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return store.CountDueAsync(time.GetUtcNow(), cancellationToken);
    }

    /// <summary>Adds a function to the list: reads it at Slack, and wants what is there.</summary>
    public async Task<FunctionAddResult> AddAsync(int workspaceId, string name, FunctionName function, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await workspaces.FindAsync(workspaceId, cancellationToken) is null)
        {
            return new FunctionAddResult.NoWorkspace();
        }

        if (await store.ContainsAsync(workspaceId, function.Key, cancellationToken))
        {
            return new FunctionAddResult.Taken();
        }

        var reading = await reader.AskAsync(workspaceId, function, cancellationToken);
        if (reading.List is not { } list)
        {
            return new FunctionAddResult.Refused(reading.Code!, reading.Detail);
        }

        var now = time.GetUtcNow();
        var added = new ManagedFunction
        {
            WorkspaceId = workspaceId,
            Name = name,
            Key = function.Key,
            FunctionId = function.FunctionId,
            CallbackId = function.CallbackId,
            AppId = function.AppId,
            Wanted = list,
            CreatedAt = now,
            CreatedBy = actor.Name,
        };
        added.Seen(list, now);
        var outcome = await store.AddAsync(
            added,
            saved => Entry(saved, AccessRunKind.Added, null, actor, now),
            saved => audit.Added(actor, saved),
            cancellationToken);
        return outcome == StoreOutcome.Saved ? new FunctionAddResult.Added(added) : new FunctionAddResult.Taken();
    }

    /// <summary>Adds a function with the list that is wanted, without asking Slack: that list is made its own in the background.</summary>
    /// <param name="name">One that <see cref="IsName"/> takes.</param>
    /// <returns>False where its workspace is gone, or has it already.</returns>
    public async Task<bool> AddUnaskedAsync(
        int workspaceId, string name, FunctionName function, AccessList wanted, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await workspaces.FindAsync(workspaceId, cancellationToken) is null)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var added = new ManagedFunction
        {
            WorkspaceId = workspaceId, Name = name, Key = function.Key, FunctionId = function.FunctionId, CallbackId = function.CallbackId,
            AppId = function.AppId, Wanted = wanted, CreatedAt = now, CreatedBy = actor.Name,
        };
        return await store.AddAsync(added, saved => new AccessRun
        {
            FunctionId = saved.Id, Kind = AccessRunKind.Apply, State = AccessRunState.Open, Wanted = wanted, StartedBy = actor.Name,
            StartedById = actor.UserId, Origin = actor.Origin, CreatedAt = now,
        }, saved => audit.Added(actor, saved), cancellationToken) == StoreOutcome.Saved;
    }

    /// <summary>Whether a function can be called that.</summary>
    public static bool IsName(string? name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= MostNameLength && PlainText.IsLine(name);

    /// <summary>Calls it something else here. Slack is not touched.</summary>
    /// <param name="name">One that <see cref="IsName"/> takes.</param>
    /// <returns>False when it is gone.</returns>
    public async Task<bool> RenameAsync(int id, string name, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (!IsName(name))
        {
            throw new ArgumentException("This is no name.", nameof(name));
        }

        return await store.ChangeAsync(id, (row, rows) =>
        {
            var before = row.Name;
            row.Name = name;
            if (before != name)
            {
                rows.Entries.Add(audit.Renamed(actor, row, before));
            }

            return true;
        }, cancellationToken) is not null;
    }

    /// <summary>Takes it off the list. Slack is not touched.</summary>
    /// <returns>False when there is none with that id.</returns>
    public async Task<bool> RemoveAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (await store.FindAsync(id, cancellationToken) is not { } function)
        {
            return false;
        }

        await store.RemoveAsync(id, audit.Removed(actor, function), cancellationToken);
        return true;
    }

    /// <summary>Wants what Slack has. Nothing is changed there.</summary>
    /// <param name="basis">The list that the person saw; another one since is not accepted.</param>
    /// <returns>False when it is gone, is being changed, or another list has been read meanwhile.</returns>
    public async Task<bool> AcceptAsync(int id, string basis, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var now = time.GetUtcNow();
        return await store.ChangeAsync(id, (row, rows) =>
        {
            if (rows.IsChanging || row.Now is not { } seen || seen.Basis != basis)
            {
                return false;
            }

            var before = row.Wanted;
            row.Want(seen, actor.Name, now);
            rows.Runs.Add(Entry(row, AccessRunKind.Accepted, before, actor, now));
            rows.Entries.Add(audit.Accepted(actor, row, before));
            return true;
        }, cancellationToken) is not null;
    }

    /// <summary>What was changed, newest first.</summary>
    /// <param name="before">Only below this id; null from the newest.</param>
    public Task<IReadOnlyList<HistoryEntry>> HistoryAsync(int id, long? before, int most, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return runs.HistoryAsync(id, before, most, cancellationToken);
    }

    /// <summary>People by their ids, as far as the directory knows them.</summary>
    public Task<IReadOnlyDictionary<string,
        SlackPerson>> PeopleAsync(int workspaceId, IEnumerable<string> userIds, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return directory.FindAsync(workspaceId, userIds, cancellationToken);
    }

    /// <summary>People by name, e-mail address or id, best match first.</summary>
    public Task<IReadOnlyList<SlackPerson>> SearchPeopleAsync(int workspaceId, string? text, int most, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return directory.SearchAsync(workspaceId, text, most, cancellationToken);
    }

    /// <summary>Turns a pasted list of e-mail addresses and ids into people.</summary>
    public Task<ResolvedPeople> ResolveAsync(int workspaceId, string pasted, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return directory.ResolveAsync(workspaceId, pasted, cancellationToken);
    }

    /// <summary>The workspaces at Slack that can be named, by name.</summary>
    public Task<IReadOnlyList<SlackTeam>> TeamsAsync(int workspaceId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return directory.TeamsAsync(workspaceId, cancellationToken);
    }

    private static AccessRun Entry(ManagedFunction function, AccessRunKind kind, AccessList? before, Actor actor, DateTimeOffset now) =>
        new()
    {
        FunctionId = function.Id,
        Kind = kind,
        State = AccessRunState.Done,
        Wanted = function.Wanted,
        Before = before,
        After = function.Wanted,
        StartedBy = actor.Name,
        StartedById = actor.UserId,
        Origin = actor.Origin,
        CreatedAt = now,
        EndedAt = now,
    };
}

/// <summary>What came of adding a function.</summary>
internal abstract record FunctionAddResult
{
    public sealed record Added(ManagedFunction Function) : FunctionAddResult;

    /// <summary>There is no such connection.</summary>
    public sealed record NoWorkspace : FunctionAddResult;

    /// <summary>It is managed already.</summary>
    public sealed record Taken : FunctionAddResult;

    /// <summary>Slack does not show its list.</summary>
    public sealed record Refused(string Code, string? Detail) : FunctionAddResult;
}
