using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.ConfigFiles;

/// <summary>Which channel is published with which account. Publishing has a plan of its own, made of what the vendor has: a file links, and
/// publishes nothing.</summary>
internal sealed class LinkKind(ChannelLinkStore store, PublishService service, IEnumerable<IPublishVendor> vendors)
    : ObjectKind<ChannelLink, LinkKind.Model>
{
    private ConfigNames _names = new();

    public override string Section => "links";

    protected override string NameKey => "channel";

    protected override string SubjectKind => ProvisionedKinds.Link;

    protected override IReadOnlyList<ConfigField<Model>> Fields { get; } =
    [
        new("channel", "channel", ConfigFields.Type("string"), (one, other) => one.Channel != other.Channel,
            (model, names) => model.Channel is { } key ? ConfigScalar.Of(names.NameOf(key)) : null, TakeChannel)
        {
            IsRequired = true,
        },
        new("account", "account", ConfigFields.Type("string"), (one, other) => one.Account != other.Account,
            (model, names) => model.Account is { } id ? ConfigScalar.Of(names.NameOf(NamedThing.Account, id)) : null, TakeAccount)
        {
            IsRequired = true,
        },
    ];

    public override async Task<IReadOnlyList<string>> ReadAsync(ConfigNames names, Actor actor, CancellationToken cancellationToken)
    {
        // By the time that this section is read, those of channels have been.
        _names = names;
        return await base.ReadAsync(names, actor, cancellationToken);
    }

    protected override async Task<IReadOnlyList<ChannelLink>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        await store.ListAsync(null, cancellationToken);

    protected override string NameOf(ChannelLink stored) => _names.NameOf(stored.Key);

    protected override int IdOf(ChannelLink stored) => stored.ChannelId;

    protected override string SubjectIdOf(ChannelLink stored) =>
        ProvisionedKinds.LinkIdOf(AuditedChannel.KindOf(stored.Kind), base.SubjectIdOf(stored));

    protected override string MarkOf(ChannelLink stored) =>
        string.Create(CultureInfo.InvariantCulture, $"link {stored.Kind} {stored.ChannelId} {stored.AccountId} {stored.IsThere}");

    // What was published of a channel that is deleted here stays a link until it is gone there; no file speaks of it.
    protected override bool IsExported(ChannelLink stored) => _names.Knows(stored.Key);

    protected override Model NewModel() => new();

    protected override Model ModelOf(ChannelLink stored) => new() { Channel = stored.Key, Account = stored.AccountId };

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        ChannelLink? stored, Model model, Actor actor, CancellationToken cancellationToken)
    {
        List<(string, string)> problems = [];
        if (stored is { IsThere: true } && stored.AccountId != model.Account)
        {
            problems.Add(("account", ConfigRules.Published.Say()));
        }
        else if (model is { Channel: { } channel, Account: { } account }
            && _names.Vendors.TryGetValue(_names.NameOf(NamedThing.Account, account), out var vendor)
            && vendor != vendors.Of(channel.Kind).Vendor)
        {
            problems.Add(("account", ConfigRules.OtherVendor.Say()));
        }

        return Task.FromResult<IReadOnlyList<(string, string)>>(problems);
    }

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(ChannelLink? stored, Model model, ApplyTurn turn)
    {
        if (stored is not null && stored.AccountId != model.Account)
        {
            await service.UnlinkAsync(stored.Key, turn.Actor, turn.Stop);
        }

        return stored?.AccountId == model.Account
            || await service.LinkAsync(model.Channel!.Value, model.Account!.Value, turn.Actor, turn.Stop)
            ? [] : [("", ConfigRules.MeanwhileChanged.Say())];
    }

    protected override Task DeleteAsync(ChannelLink stored, ApplyTurn turn) =>
        service.UnlinkAsync(stored.Key, turn.Actor, turn.Stop);

    private static void TakeChannel(Model model, ConfigNode node, ConfigPlace place)
    {
        if (place.Text(node) is not { } text)
        {
            return;
        }

        model.Channel = place.Names.Find(text, out var problem);
        if (problem is { } rule)
        {
            place.Refuse(node.Line, rule);
        }
    }

    private static void TakeAccount(Model model, ConfigNode node, ConfigPlace place)
    {
        if (place.Text(node) is not { } text)
        {
            return;
        }

        model.Account = place.Names.Find(NamedThing.Account, text, out var problem);
        if (problem is { } rule)
        {
            place.Refuse(node.Line, rule);
        }
    }

    /// <summary>What a file says of a link.</summary>
    internal sealed class Model
    {
        public ChannelKey? Channel { get; set; }

        public int? Account { get; set; }
    }
}
