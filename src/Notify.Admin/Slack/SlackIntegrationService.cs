using System.Runtime.CompilerServices;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>What people do with Slack integrations: list, save, switch, delete. Every call checks the actor's policy.</summary>
internal sealed class SlackIntegrationService(
    SlackIntegrationStore store, SlackIntegrationAudit audit, ISlackConnections connections, IRuleSets sets, IDeliveryDesk desk,
    SecretProtector protector, TimeProvider time)
{
    /// <summary>A page of integrations, with how sending to them goes.</summary>
    public async Task<ListedPage<SlackIntegrationListItem>> ListAsync(
        ChannelListQuery query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var workspaces = await ListConnectionsAsync(actor, cancellationToken);
        var page = await store.ListPageAsync(query, workspaces, cancellationToken);
        var ids = page.Items.Select(integration => integration.Id).ToList();
        var health = await desk.GetHealthAsync(ChannelKind.Slack, ids, cancellationToken);
        var history = await desk.GetHistoryAsync(ChannelKind.Slack, ids, cancellationToken);
        return page.Select(integration => ItemOf(integration, workspaces, health,
            history.GetValueOrDefault(integration.Id) ?? HourOfSending.Quiet(time.GetUtcNow())));
    }

    /// <summary>The integrations of all pages of a list in its order, at most <see cref="ListQuery.MostExported"/>, without the last
    /// hours.</summary>
    public async IAsyncEnumerable<SlackIntegrationListItem> ExportAsync(
        ChannelListQuery query, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var workspaces = await ListConnectionsAsync(actor, cancellationToken);
        foreach (var ids in (await store.ListIdsAsync(query, workspaces, cancellationToken)).Chunk(ListExport.AtOnce))
        {
            var health = await desk.GetHealthAsync(ChannelKind.Slack, ids, cancellationToken);
            foreach (var integration in ListExport.InOrder(ids, await store.FindAllAsync(ids, cancellationToken), row => row.Id))
            {
                yield return ItemOf(integration, workspaces, health, []);
            }
        }
    }

    /// <summary>The channels of all pages of a list by name, at most <see cref="ListQuery.MostSelected"/>.</summary>
    public async Task<IReadOnlyList<ChannelName>> ListNamesAsync(ChannelListQuery query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await ListNamesAsync(query, ListQuery.MostSelected, actor, cancellationToken);
    }

    /// <summary>The first of them.</summary>
    public async Task<IReadOnlyList<ChannelName>> ListNamesAsync(
        ChannelListQuery query, int most, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await store.ListNamesAsync(query, most, await ListConnectionsAsync(actor, cancellationToken), cancellationToken);
    }

    /// <summary>The Slack workspaces that an integration may post with, by name.</summary>
    public async Task<IReadOnlyList<SlackConnectionChoice>> ListConnectionsAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return
        [
            .. (await connections.ListAsync(cancellationToken))
                .Select(connection => new SlackConnectionChoice(connection.Id, connection.Name, connection.TeamName,
                    connection.BotToken.LastFour, connection.HasSocket)),
        ];
    }

    /// <summary>Null when there is none with that id.</summary>
    public async Task<SlackIntegrationView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await store.FindAsync(id, cancellationToken) is { } integration ? SlackIntegrationView.Of(integration) : null;
    }

    /// <param name="original">What the form was filled from; null adds a new integration.</param>
    public async Task<SaveResult<SlackIntegrationView>> SaveAsync(
        SlackIntegrationView? original, SlackIntegrationFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var refusals = model.Check(tokenIsStored: original?.HasOwnToken == true, original is null ? null : KeyOf(original.Id)).ToList();
        if (model.WorkspaceId is { } workspaceId && await connections.FindAsync(workspaceId, cancellationToken) is null)
        {
            refusals.Add(new FieldRefusal(nameof(model.WorkspaceId), "Form.Workspace.Gone"));
        }

        return refusals.Count > 0
            ? new Invalid<SlackIntegrationView>(refusals)
            : original is null
                ? await AddAsync(model, actor, cancellationToken)
                : await UpdateAsync(original, model, actor, cancellationToken);
    }

    /// <summary>Switches one on or off; off ends what waits for it as skipped.</summary>
    public async Task<SwitchOutcome> SwitchAsync(int id, bool on, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync("integration", async () =>
        {
            if (await store.FindAsync(id, cancellationToken) is not { } stored)
            {
                return (true, SwitchOutcome.Gone);
            }

            if (stored.IsOn == on)
            {
                return (true, SwitchOutcome.WasSo);
            }

            var changed = stored.Copy();
            changed.IsOn = on;
            return (await StoreAsync(stored, changed, actor, cancellationToken) == StoreOutcome.Saved, SwitchOutcome.Done);
        });
    }

    /// <summary>Gives one a tag, or takes it away.</summary>
    public async Task<TagOutcome> TagAsync(int id, TagChange change, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync("integration", async () =>
        {
            if (await store.FindAsync(id, cancellationToken) is not { } stored)
            {
                return (true, TagOutcome.Gone);
            }

            if (change.Apply(ChannelTags.Read(stored.Tags)) is var (tags, outcome) && tags is null)
            {
                return (true, outcome);
            }

            var changed = stored.Copy();
            changed.Tags = ChannelTags.Write(tags);
            return (await StoreAsync(stored, changed, actor, cancellationToken) == StoreOutcome.Saved, outcome);
        });
    }

    /// <summary>The delivery settings of those that exist.</summary>
    public async Task<IReadOnlyDictionary<int, ChannelDelivery>> ListDeliveryAsync(
        IReadOnlyCollection<int> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return (await store.FindAllAsync(ids, cancellationToken)).ToDictionary(stored => stored.Id, DeliveryOf);
    }

    /// <summary>Gives one these delivery settings; it keeps the others.</summary>
    public async Task<DeliveryVerdict> SetDeliveryAsync(int id, DeliveryChange change, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return await Contention.TryAsync("integration", async () =>
        {
            if (await store.FindAsync(id, cancellationToken) is not { } stored)
            {
                return (true, new DeliveryVerdict(DeliveryOutcome.Gone));
            }

            var verdict = change.Apply(KeyOf(id), DeliveryOf(stored));
            if (verdict.After is not { } after)
            {
                return (true, verdict);
            }

            var changed = stored.Copy();
            (changed.IntervalMinutes, changed.Delivery) = (after.IntervalMinutes, after.Policy);
            return (await StoreAsync(stored, changed, actor, cancellationToken) == StoreOutcome.Saved, verdict);
        });
    }

    /// <summary>Deletes it; what waits for it ends as skipped. Deleting what is gone already is no error.</summary>
    public async Task DeleteAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        await Contention.TryAsync("integration", async () =>
            (await store.FindAsync(id, cancellationToken) is not { } stored
                || await store.DeleteAsync(id, stored.Version, audit.Deleted(actor, stored), cancellationToken) == StoreOutcome.Saved,
            true));
    }

    private static SlackIntegrationListItem ItemOf(
        SlackIntegration integration, IReadOnlyList<SlackConnectionChoice> workspaces, IReadOnlyDictionary<int, ChannelHealth> health,
        IReadOnlyList<HourOfSending> history) => new(
        SlackIntegrationView.Of(integration), health.GetValueOrDefault(integration.Id), history,
        workspaces.FirstOrDefault(workspace => workspace.Id == integration.WorkspaceId));

    private static ChannelDelivery DeliveryOf(SlackIntegration integration) => new(integration.IntervalMinutes, integration.Delivery);

    private static ChannelKey KeyOf(int id) => new(ChannelKind.Slack, id);

    private async Task<SaveResult<SlackIntegrationView>> AddAsync(
        SlackIntegrationFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var added = new SlackIntegration
        {
            Name = model.Name.Trim(),
            ChannelId = model.ChannelId.Trim(),
            Token = model.WorkspaceId is null ? protector.Protect(model.Token!.Trim()) : null,
            CreatedAt = now,
            ChangedAt = now,
            ChangedBy = actor.Name,
        };
        model.ApplyTo(added);
        if (await sets.CheckAsync(model.RuleSets, cancellationToken) is { } refusal)
        {
            return new Invalid<SlackIntegrationView>([refusal]);
        }

        return await store.SaveAsync(added, 0, saved => audit.Created(actor, saved), cancellationToken) switch
        {
            StoreOutcome.Saved => new Saved<SlackIntegrationView>(SlackIntegrationView.Of(added)),
            StoreOutcome.Taken => await RefuseChannelAsync(added.ChannelId, cancellationToken),
            StoreOutcome.Conflict => new Invalid<SlackIntegrationView>([RuleSetChecks.Gone]),
        };
    }

    // A save that lost a race is tried again on what the winner left, where nobody has to be asked.
    private Task<SaveResult<SlackIntegrationView>> UpdateAsync(
        SlackIntegrationView original, SlackIntegrationFormModel model, Actor actor, CancellationToken cancellationToken) =>
        Contention.TryAsync("integration", async () =>
            await TryUpdateAsync(original, model, actor, cancellationToken) is { } result ? (true, result) : (false, null!));

    /// <returns>Null when somebody else's save came first.</returns>
    private async Task<SaveResult<SlackIntegrationView>?> TryUpdateAsync(
        SlackIntegrationView original, SlackIntegrationFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(original.Id, cancellationToken) is not { } stored)
        {
            return new Gone<SlackIntegrationView>();
        }

        var theirs = SlackIntegrationView.Of(stored);
        if (SlackFields.Table.Compare(original, theirs, model).Count > 0)
        {
            return new Conflict<SlackIntegrationView>(theirs);
        }

        var changed = stored.Copy();
        model.ApplyTo(changed);
        if (model is { WorkspaceId: null, HasToken: true })
        {
            changed.Token = protector.ProtectIfNew(stored.Token, model.Token!.Trim());
        }

        if (changed is { WorkspaceId: null, Token: null })
        {
            // Somebody else has put a workspace in the place of the token that the form was to keep.
            return new Invalid<SlackIntegrationView>([new FieldRefusal(nameof(model.Token), "Form.Token.Missing")]);
        }

        if (await sets.CheckAsync(model.RuleSets, cancellationToken) is { } refusal)
        {
            return new Invalid<SlackIntegrationView>([refusal]);
        }

        if (changed.Token == stored.Token && SlackFields.Table.Fields.All(field => !field.Differs(theirs.Values, model)))
        {
            return new Saved<SlackIntegrationView>(theirs);
        }

        return await StoreAsync(stored, changed, actor, cancellationToken) switch
        {
            StoreOutcome.Saved => new Saved<SlackIntegrationView>(SlackIntegrationView.Of(changed)),
            StoreOutcome.Taken => await RefuseChannelAsync(changed.ChannelId, cancellationToken),
            StoreOutcome.Conflict => null,
        };
    }

    private async Task<StoreOutcome> StoreAsync(SlackIntegration stored, SlackIntegration changed, Actor actor,
        CancellationToken cancellationToken)
    {
        changed.ChangedAt = time.GetUtcNow();
        changed.ChangedBy = actor.Name;
        var outcome = await store.SaveAsync(changed, stored.Version, saved => audit.Updated(actor, stored, saved), cancellationToken);
        if (outcome == StoreOutcome.Saved
            && !SlackFields.Table.IsTestedAs(SlackIntegrationView.Of(stored), SlackIntegrationView.Of(changed)))
        {
            await desk.ForgetTestAsync(KeyOf(changed.Id));
        }

        return outcome;
    }

    private async Task<SaveResult<SlackIntegrationView>> RefuseChannelAsync(string channelId, CancellationToken cancellationToken)
    {
        var other = await store.FindByChannelAsync(channelId, cancellationToken);
        return new Invalid<SlackIntegrationView>([new FieldRefusal(nameof(SlackIntegrationFormModel.ChannelId), "Form.ChannelId.Taken",
            other?.Name ?? channelId)]);
    }
}
