using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.VendorAccounts;

/// <summary>Slack integrations at Kayran: one call writes all of one, and none reads.</summary>
internal sealed class IntegrationPublishing(VendorAccountCalls calls, SlackIntegrationStore store, SlackChannel slack,
    SecretProtector protector, Fingerprints fingerprints) : IPublishVendor
{
    public ChannelKind Channels => ChannelKind.Slack;

    public VendorKind Vendor => VendorKind.Kayran;

    public bool TellsWhatItHas => false;

    public async Task<IReadOnlyDictionary<int, PublishedHere>> FindAsync(
        IReadOnlyCollection<int>? channels, CancellationToken cancellationToken)
    {
        Dictionary<int, PublishedHere> found = [];
        foreach (var integration in channels is null ? await store.ListAsync(cancellationToken)
            : await store.FindAllAsync(channels, cancellationToken))
        {
            var (token, tail) = await TokenOfAsync(integration, cancellationToken);
            found[integration.Id] = new PublishedHere(KayranIntegration.Of(integration, tail),
                token is null ? "" : await fingerprints.OfAsync(token, cancellationToken));
        }

        return found;
    }

    public Task<(VendorAnswer Answer, IReadOnlyList<VendorChannel>? All)> ListAsync(int account, CancellationToken cancellationToken) =>
        Task.FromResult<(VendorAnswer, IReadOnlyList<VendorChannel>?)>((new VendorAnswer(VendorCodes.Accepted), null));

    public Task<VendorAnswer> CallAsync(
        int account, ChannelKey channel, PublishStep step, PublishPlan plan, CancellationToken cancellationToken) =>
        step == PublishStep.Leave ? WriteAsync(account, channel.Id, plan.There!, isOff: true, cancellationToken)
            : WriteAsync(account, channel.Id, plan.Wanted, isOff: false, cancellationToken);

    // It has no call that deletes.
    public async Task<VendorAnswer?> RemoveAsync(
        ChannelLink link, IReadOnlyList<VendorChannel>? all, CancellationToken cancellationToken) =>
        link.PublishedState is { } published
            ? await WriteAsync(link.AccountId, link.ChannelId, published, isOff: true, cancellationToken) : null;

    public Task<VendorChannel?> AcceptAsync(
        int channel, VendorChannel seen, VendorChannel published, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<VendorChannel?>(null);

    private async Task<VendorAnswer> WriteAsync(
        int account, int channel, VendorChannel state, bool isOff, CancellationToken cancellationToken) =>
        await store.FindAsync(channel, cancellationToken) is { } integration
        && await TokenOfAsync(integration, cancellationToken) is ({ } token, _)
            ? await calls.UpdateSlackAsync(account, ((KayranIntegration)state).ToBody(token, isOff), token, cancellationToken)
            : new VendorAnswer(VendorCodes.TokenUnreadable);

    // Null where it cannot be read, or its workspace is gone.
    private async Task<(string? Token, string Tail)> TokenOfAsync(SlackIntegration integration, CancellationToken cancellationToken)
    {
        if (await slack.ToDestinationAsync(integration, cancellationToken) is not { } destination)
        {
            return (null, "");
        }

        try
        {
            return (protector.Unprotect(destination.Token), destination.Token.LastFour);
        }
        catch (SecretUnreadableException)
        {
            return (null, destination.Token.LastFour);
        }
    }
}
