using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>What people do with workspaces: list, save, check, renew, delete. Every call checks the actor's policy.</summary>
internal sealed class SlackWorkspaceService(
    SlackWorkspaceStore store,
    SlackDirectoryStore directory,
    SlackDirectory people,
    WorkspaceTokens tokens,
    TokenRotator rotator,
    TokenCheck check,
    SocketStore sockets,
    SlackWorkspaceAudit audit,
    IEnumerable<IWorkspaceUser> users,
    SecretProtector protector,
    TimeProvider time)
{
    /// <summary>All workspaces by name.</summary>
    public async Task<IReadOnlyList<SlackWorkspaceListItem>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var workspaces = await store.ListAsync(cancellationToken);
        var readings = (await directory.ListReadingsAsync(cancellationToken)).ToDictionary(reading => reading.WorkspaceId);
        var items = new List<SlackWorkspaceListItem>();
        foreach (var workspace in workspaces)
        {
            items.Add(new SlackWorkspaceListItem(
                SlackWorkspaceView.Of(workspace), readings.GetValueOrDefault(workspace.Id),
                (await UsesAsync(workspace.Id, cancellationToken)).Count));
        }

        return items;
    }

    /// <summary>Null when there is none with that id.</summary>
    public async Task<SlackWorkspaceView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await store.FindAsync(id, cancellationToken) is { } workspace ? SlackWorkspaceView.Of(workspace) : null;
    }

    /// <summary>How the reading of the workspace's people stands.</summary>
    public async Task<DirectoryReading?> FindReadingAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await directory.FindReadingAsync(id, cancellationToken);
    }

    /// <summary>How its connection of Socket Mode stands.</summary>
    public async Task<SocketLink?> FindSocketAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await sockets.FindAsync(id, cancellationToken);
    }

    /// <summary>Has Socket Mode connected now, also where Slack has refused it.</summary>
    public async Task ConnectAgainAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await store.ChangeAsync(id, (_, _) => true, row => audit.Connected(actor, row), cancellationToken) is not null)
        {
            await sockets.WakeAsync(id, cancellationToken);
        }
    }

    /// <summary>Forgets the app-level token: the connection ends, and messages have no buttons any more.</summary>
    /// <returns>Null when it has been deleted.</returns>
    public async Task<SlackWorkspaceView?> RemoveAppTokenAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        SlackWorkspace? before = null;
        await store.ChangeAsync(
            id,
            (row, _) =>
            {
                before = row.Copy();
                Touch(row, actor);
                row.AppTokenVersion++;
                row.AppToken = null;
                return before.AppToken is not null;
            },
            row => audit.Updated(actor, before!, row),
            cancellationToken);
        await sockets.WakeAsync(id, cancellationToken);
        return await FindAsync(id, actor, cancellationToken);
    }

    /// <summary>What stands on the workspace: it cannot be deleted before that is gone.</summary>
    public async Task<IReadOnlyList<WorkspaceUse>> ListUsesAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await UsesAsync(id, cancellationToken);
    }

    /// <param name="original">What the form was filled from; null adds a new workspace.</param>
    public async Task<SaveResult<SlackWorkspaceView>> SaveAsync(
        SlackWorkspaceView? original, SlackWorkspaceFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await SaveAsync(original, model, row => check.TakeAsync(row, model, cancellationToken), actor, cancellationToken);
    }

    /// <summary>The same without waiting for Slack, which is asked soon after: for what is saved in one transaction with other
    /// things.</summary>
    public async Task<SaveResult<SlackWorkspaceView>> SaveUnaskedAsync(
        SlackWorkspaceView? original, SlackWorkspaceFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await SaveAsync(
            original, model,
            row =>
            {
                check.TakeUnasked(row, model);
                return Task.FromResult<VendorRefusal?>(null);
            },
            actor, cancellationToken);
    }

    /// <summary>Asks Slack again who the bot token is and what it may do.</summary>
    /// <returns>Null when it has been deleted.</returns>
    public async Task<SlackWorkspaceView?> CheckAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var token = await tokens.BotTokenAsync(id, cancellationToken);
        var answer = token.Ok ? await check.AskAsync(token.Value, cancellationToken)
            : new SlackAnswer<SlackIdentity> { Code = SlackErrors.TokenUnreadable };
        var now = time.GetUtcNow();
        return await store.ChangeAsync(
            id,
            (row, _) =>
            {
                TokenCheck.Apply(row, answer, now);
                return true;
            },
            row => audit.Checked(actor, row, answer.Code),
            cancellationToken) is { } workspace ? SlackWorkspaceView.Of(workspace) : null;
    }

    /// <summary>Renews the configuration token now.</summary>
    /// <returns>Null when it has been deleted.</returns>
    public async Task<SlackWorkspaceView?> RenewAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var asked = await store.ChangeAsync(
            id,
            (row, _) =>
            {
                var waits = row.RotationRetryAt is not null && row.RotationToken is null;
                row.RotationRetryAt = waits ? null : row.RotationRetryAt;
                return true;
            },
            null,
            cancellationToken);
        if (asked is not null)
        {
            await rotator.RotateAsync(asked, cancellationToken);
            // The trail says what came of it; whoever asked may have gone.
            await store.ChangeAsync(id, (_, _) => true, row => audit.Renewed(actor, asked, row), CancellationToken.None);
        }

        return await FindAsync(id, actor, cancellationToken);
    }

    /// <summary>Forgets the configuration token and its refresh token; Slack is not told.</summary>
    /// <returns>Null when it has been deleted.</returns>
    public async Task<SlackWorkspaceView?> RemovePairAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        SlackWorkspace? before = null;
        await store.ChangeAsync(
            id,
            (row, _) =>
            {
                before = row.Copy();
                Touch(row, actor);
                row.RemovePair(time.GetUtcNow());
                return before.PairState != TokenPairState.None;
            },
            row => audit.Updated(actor, before!, row),
            cancellationToken);
        return await FindAsync(id, actor, cancellationToken);
    }

    /// <summary>The cached people in whom every word of <paramref name="text"/> is found, best match first.</summary>
    public async Task<IReadOnlyList<SlackPerson>> SearchPeopleAsync(int id, string? text, int most, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await people.SearchAsync(id, text, most, cancellationToken);
    }

    /// <summary>The workspaces at Slack that the connection reaches, by name.</summary>
    public async Task<IReadOnlyList<SlackTeam>> ListTeamsAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await people.TeamsAsync(id, cancellationToken);
    }

    /// <summary>Reads the workspace's people again, from where an interrupted reading is.</summary>
    public async Task ReadPeopleAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        await store.ChangeAsync(id, (_, _) => true, row => audit.Asked(actor, row), cancellationToken);
        await directory.WakeAsync(id, fromStart: false, cancellationToken);
    }

    /// <summary>Deletes it with its cached people, unless something stands on it. Deleting what is gone already is no error.</summary>
    /// <returns>What stands on it; empty when it is deleted.</returns>
    public async Task<IReadOnlyList<WorkspaceUse>> DeleteAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync<IReadOnlyList<WorkspaceUse>>("workspace", async () =>
        {
            if (await store.FindAsync(id, cancellationToken) is not { } stored)
            {
                return (true, []);
            }

            if (await UsesAsync(id, cancellationToken) is { Count: > 0 } uses)
            {
                return (true, uses);
            }

            // Nothing is deleted where somebody saved in between or began to use it.
            return (await store.DeleteAsync(id, stored.Version, audit.Deleted(actor, stored), cancellationToken) == StoreOutcome.Saved, []);
        });
    }

    private async Task<IReadOnlyList<WorkspaceUse>> UsesAsync(int id, CancellationToken cancellationToken)
    {
        var uses = new List<WorkspaceUse>();
        foreach (var user in users)
        {
            uses.AddRange(await user.ListUsesAsync(id, cancellationToken));
        }

        return uses;
    }

    private async Task<SaveResult<SlackWorkspaceView>> SaveAsync(
        SlackWorkspaceView? original, SlackWorkspaceFormModel model, Func<SlackWorkspace, Task<VendorRefusal?>> take, Actor actor,
        CancellationToken cancellationToken) =>
        model.Check(isNew: original is null).ToList() is { Count: > 0 } refusals
            ? new Invalid<SlackWorkspaceView>(refusals)
            : original is null
                ? await AddAsync(model, take, actor, cancellationToken)
                : await UpdateAsync(original, model, take, actor, cancellationToken);

    private async Task<SaveResult<SlackWorkspaceView>> AddAsync(
        SlackWorkspaceFormModel model, Func<SlackWorkspace, Task<VendorRefusal?>> take, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var added = new SlackWorkspace
        {
            Name = model.Name.Trim(),
            BotToken = protector.Protect(model.BotToken!.Trim()),
            AppToken = model.HasAppToken ? protector.Protect(model.AppToken!.Trim()) : null,
            AppTokenVersion = model.HasAppToken ? 1 : 0,
            CreatedAt = now,
            ChangedAt = now,
            ChangedBy = actor.Name,
            Version = 1,
        };
        if (await take(added) is { } refusal)
        {
            return new Refused<SlackWorkspaceView>(refusal);
        }

        if (added.Name.Length == 0)
        {
            if (added.TeamName is not { Length: > 0 } name)
            {
                return new Invalid<SlackWorkspaceView>([new FieldRefusal(nameof(model.Name), "Form.Name.Missing")]);
            }

            added.Name = ForeignText.Line(name, SlackWorkspaceFormModel.MaxNameLength)!.Trim();
        }

        await store.AddAsync(added, saved => audit.Created(actor, saved), cancellationToken);
        return new Saved<SlackWorkspaceView>(SlackWorkspaceView.Of(added));
    }

    private async Task<SaveResult<SlackWorkspaceView>> UpdateAsync(
        SlackWorkspaceView original, SlackWorkspaceFormModel model, Func<SlackWorkspace, Task<VendorRefusal?>> take, Actor actor,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(original.Id, cancellationToken) is not { } stored)
        {
            return new Gone<SlackWorkspaceView>();
        }

        if (SlackWorkspaceFields.Table.Compare(original, SlackWorkspaceView.Of(stored), model).Count > 0)
        {
            return new Conflict<SlackWorkspaceView>(SlackWorkspaceView.Of(stored));
        }

        var isRenamed = model.Name.Trim() != original.Name;
        if (!model.HasTokens && !isRenamed)
        {
            return new Saved<SlackWorkspaceView>(SlackWorkspaceView.Of(stored));
        }

        // Slack is asked before anything is written, and of a copy.
        var asked = stored.Copy();
        if (await take(asked) is { } refusal)
        {
            return new Refused<SlackWorkspaceView>(refusal);
        }

        SlackWorkspace? before = null;
        SlackWorkspaceView? theirs = null;
        var saved = await store.ChangeAsync(
            original.Id,
            (row, _) =>
            {
                before = row.Copy();
                theirs = SlackWorkspaceView.Of(row);
                if (row.Version != stored.Version && SlackWorkspaceFields.Table.Compare(original, theirs, model).Count > 0)
                {
                    return false;
                }

                Touch(row, actor);
                row.Name = isRenamed ? model.Name.Trim() : row.Name;
                TakeOver(row, asked, model);
                return true;
            },
            row => audit.Updated(actor, before!, row),
            cancellationToken);
        if (saved is null)
        {
            return theirs is null ? new Gone<SlackWorkspaceView>() : new Conflict<SlackWorkspaceView>(theirs);
        }

        if (model.HasAppToken)
        {
            await sockets.WakeAsync(saved.Id, cancellationToken);
        }

        if (model.HasBotToken)
        {
            await directory.WakeAsync(saved.Id, fromStart: true, cancellationToken);
            if (saved.BotTokenVersion != stored.BotTokenVersion)
            {
                foreach (var user in users)
                {
                    await user.OnBotTokenReplacedAsync(saved.Id, cancellationToken);
                }
            }
        }

        return new Saved<SlackWorkspaceView>(SlackWorkspaceView.Of(saved));
    }

    private void Touch(SlackWorkspace row, Actor actor)
    {
        (row.ChangedAt, row.ChangedBy) = (time.GetUtcNow(), actor.Name);
        row.Version++;
    }

    private void TakeOver(SlackWorkspace row, SlackWorkspace asked, SlackWorkspaceFormModel model)
    {
        if (model.HasBotToken)
        {
            var token = protector.ProtectIfNew(row.BotToken, model.BotToken!.Trim());
            row.BotTokenVersion += token == row.BotToken ? 0 : 1;
            row.BotToken = token;
            row.TakeIdentity(asked);
        }

        if (model.HasConfigToken)
        {
            row.ReplacePair(asked.ConfigToken!, asked.RefreshToken, asked.ConfigEndsAt, time.GetUtcNow());
            (row.ConfigUserId, row.ConfigUserName, row.ConfigScopes) = (asked.ConfigUserId, asked.ConfigUserName, asked.ConfigScopes);
        }

        if (model.HasAppToken)
        {
            var token = protector.ProtectIfNew(row.AppToken, model.AppToken!.Trim());
            row.AppTokenVersion += token == row.AppToken ? 0 : 1;
            row.AppToken = token;
        }
    }
}

/// <summary>One line of the list.</summary>
/// <param name="Reading">Of its people.</param>
/// <param name="Uses">How many things stand on it.</param>
public sealed record SlackWorkspaceListItem(SlackWorkspaceView Workspace, DirectoryReading? Reading, int Uses);
