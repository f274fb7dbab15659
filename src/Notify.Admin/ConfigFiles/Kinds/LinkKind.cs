using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.ConfigFiles;

/// <summary>Which chatbot is published with which account. Publishing has a plan of its own, made of what the vendor has: a file links, and
/// publishes nothing.</summary>
internal sealed class LinkKind(ChatbotLinkStore store, PublishService service) : ObjectKind<ChatbotLink, LinkKind.Model>
{
    private ConfigNames _names = new();

    public override string Section => "links";

    protected override string NameKey => "chatbot";

    protected override IReadOnlyList<ConfigField<Model>> Fields { get; } =
    [
        new("chatbot", "chatbot", ConfigFields.Type("string"), (one, other) => one.Chatbot != other.Chatbot,
            (model, names) => model.Chatbot is { } key ? ConfigScalar.Of(names.NameOf(key)) : null, TakeChatbot)
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
        // By the time that this section is read, those of chatbots have been.
        _names = names;
        return await base.ReadAsync(names, actor, cancellationToken);
    }

    protected override async Task<IReadOnlyList<ChatbotLink>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        await store.ListAsync(null, cancellationToken);

    protected override string NameOf(ChatbotLink stored) => _names.NameOf(KeyOf(stored));

    protected override int IdOf(ChatbotLink stored) => stored.ChatbotId;

    protected override string MarkOf(ChatbotLink stored) =>
        string.Create(CultureInfo.InvariantCulture, $"link {stored.ChatbotId} {stored.AccountId} {stored.VendorId}");

    // What was published of a chatbot that is deleted here stays a link until it is gone there; no file speaks of it.
    protected override bool IsExported(ChatbotLink stored) => _names.Knows(KeyOf(stored));

    protected override Model NewModel() => new();

    protected override Model ModelOf(ChatbotLink stored) => new() { Chatbot = KeyOf(stored), Account = stored.AccountId };

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        ChatbotLink? stored, Model model, Actor actor, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string, string)> problems = stored is { VendorId: not null } && stored.AccountId != model.Account
            ? [("account", ConfigRules.Published.Say())] : [];
        return Task.FromResult(problems);
    }

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(ChatbotLink? stored, Model model, ApplyTurn turn)
    {
        if (stored is not null && stored.AccountId != model.Account)
        {
            await service.UnlinkAsync(stored.ChatbotId, turn.Actor, turn.Stop);
        }

        return stored?.AccountId == model.Account
            || await service.LinkAsync(model.Chatbot!.Value.Id, model.Account!.Value, turn.Actor, turn.Stop)
            ? [] : [("", ConfigRules.MeanwhileChanged.Say())];
    }

    protected override Task DeleteAsync(ChatbotLink stored, ApplyTurn turn) =>
        service.UnlinkAsync(stored.ChatbotId, turn.Actor, turn.Stop);

    private static ChannelKey KeyOf(ChatbotLink stored) => new(ChannelKind.DingTalk, stored.ChatbotId);

    private static void TakeChatbot(Model model, ConfigNode node, ConfigPlace place)
    {
        if (place.Text(node) is not { } text)
        {
            return;
        }

        model.Chatbot = place.Names.Find(text, out var problem);
        if (problem is { } rule)
        {
            place.Refuse(node.Line, rule);
        }
        else if (model.Chatbot is { Kind: not ChannelKind.DingTalk })
        {
            place.Refuse(node.Line, ConfigRules.Chatbot);
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
        public ChannelKey? Chatbot { get; set; }

        public int? Account { get; set; }
    }
}
