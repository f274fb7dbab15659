using Microsoft.Extensions.Options;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Carries out a well-formed <c>UpdateSlack</c> request: checks the key, the API status and the role, in this order, then adds or
/// changes the integration of that channel. It does not call Slack.</summary>
internal sealed class UpdateSlackService(
    ApiKeyService keys,
    IOptionsMonitor<ApiOptions> api,
    SlackIntegrationStore store,
    SlackIntegrationAudit audit,
    IDeliveryDesk desk,
    SecretProtector protector,
    TimeProvider time)
{
    /// <param name="address">Where the request came from.</param>
    public async Task<UpdateSlackOutcome> UpdateAsync(UpdateSlackRequest request, string address, CancellationToken cancellationToken)
    {
        var key = await keys.AuthenticateAsync(request.ApiKey, address, cancellationToken);
        if (key.Verdict == KeyVerdict.Throttled)
        {
            return new UpdateSlackOutcome(UpdateSlackAnswer.TooManyRequests, key.RetryAfter);
        }

        if (key.Caller is not { } caller)
        {
            return new UpdateSlackOutcome(UpdateSlackAnswer.NotValidApiKey);
        }

        if (!api.CurrentValue.Enabled)
        {
            return new UpdateSlackOutcome(UpdateSlackAnswer.ApiDisabled);
        }

        if (!caller.IsFull || !caller.Actor.May(Policies.Edit))
        {
            return new UpdateSlackOutcome(UpdateSlackAnswer.NotAuthorized);
        }

        await UpsertAsync(request, caller.Actor, cancellationToken);
        return new UpdateSlackOutcome(UpdateSlackAnswer.Success);
    }

    private Task<bool> UpsertAsync(UpdateSlackRequest request, Actor actor, CancellationToken cancellationToken) =>
        Contention.TryAsync("integration", async () =>
        {
            var stored = await store.FindByChannelAsync(request.ChannelId, cancellationToken);
            return (await SaveAsync(stored, request, actor, cancellationToken) == StoreOutcome.Saved, true);
        });

    private async Task<StoreOutcome> SaveAsync(SlackIntegration? stored, UpdateSlackRequest request, Actor actor,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var changed = stored?.Copy() ?? new SlackIntegration
        {
            Name = request.ChannelId,
            ChannelId = request.ChannelId,
            Token = protector.Protect(request.SlackToken),
            CreatedAt = now,
        };
        Apply(request, changed);
        if (stored is not null)
        {
            // The token sent replaces a workspace.
            changed.WorkspaceId = null;
            changed.Token = protector.ProtectIfNew(stored.Token, request.SlackToken);
            if (IsSame(stored, changed))
            {
                // Repeating a call is safe and leaves open forms alone.
                return StoreOutcome.Saved;
            }
        }

        changed.ChangedAt = now;
        changed.ChangedBy = actor.Name;
        var outcome = await store.SaveAsync(
            changed,
            stored?.Version ?? 0,
            saved => stored is null ? audit.Created(actor, saved) : audit.Updated(actor, stored, saved),
            cancellationToken);
        if (outcome == StoreOutcome.Saved && stored is not null
            && !SlackFields.Table.IsTestedAs(SlackIntegrationView.Of(stored), SlackIntegrationView.Of(changed)))
        {
            await desk.ForgetTestAsync(new ChannelKey(ChannelKind.Slack, changed.Id));
        }

        return outcome;
    }

    /// <summary>An omitted field keeps its value.</summary>
    private static void Apply(UpdateSlackRequest request, SlackIntegration integration)
    {
        integration.SlackAvgThreat = request.SlackAvgThreat ?? integration.SlackAvgThreat;
        integration.SlackNotify = request.SlackNotify ?? integration.SlackNotify;
        integration.SlackStartFromSchedule = request.SlackStartFromSchedule ?? integration.SlackStartFromSchedule;
        integration.SlackStartFromQueue = request.SlackStartFromQueue ?? integration.SlackStartFromQueue;
        integration.SlackCompleteAborted = request.SlackCompleteAborted ?? integration.SlackCompleteAborted;
        integration.SlackDelete = request.SlackDelete ?? integration.SlackDelete;
        integration.SlackStop = request.SlackStop ?? integration.SlackStop;
        integration.SlackAborted = request.SlackAborted ?? integration.SlackAborted;
        integration.SlackPause = request.SlackPause ?? integration.SlackPause;
        integration.SlackUnpause = request.SlackUnpause ?? integration.SlackUnpause;
    }

    private static bool IsSame(SlackIntegration stored, SlackIntegration changed) =>
        stored.Token == changed.Token && stored.WorkspaceId == changed.WorkspaceId && stored.ToSwitches() == changed.ToSwitches();
}

/// <param name="RetryAfter">Set when throttled.</param>
internal sealed record UpdateSlackOutcome(UpdateSlackAnswer Answer, TimeSpan? RetryAfter = null);
