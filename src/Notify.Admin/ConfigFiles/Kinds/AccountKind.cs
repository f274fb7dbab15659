using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.ConfigFiles;

/// <summary>Keys at the vendors, which are not asked about them.</summary>
internal sealed class AccountKind(
    VendorAccountStore store, VendorAccountService service, VendorEndpoints endpoints, SecretProtector protector,
    IStringLocalizer<VendorAccountText> words)
    : ObjectKind<VendorAccount, VendorAccountFormModel>
{
    private const string KeySecret = "accessKeySecret";

    private static readonly IReadOnlyList<ConfigField<VendorAccountFormModel>> Table =
    [
        .. ConfigFields.Of(VendorAccountFields.Table).Select(field => field.Key == "endpoint" ? field with { IsRequired = true } : field),
    ];

    public override string Section => "accounts";

    public override string ReadPolicy => Policies.Administer;

    protected override NamedThing? Thing => NamedThing.Account;

    protected override string SubjectKind => VendorAccountService.SubjectKind;

    protected override IReadOnlyList<ConfigField<VendorAccountFormModel>> Fields => Table;

    protected override IReadOnlyList<ConfigSecret<VendorAccount, VendorAccountFormModel>> Secrets =>
    [
        new(KeySecret, nameof(VendorAccountFormModel.AccessKeySecret), stored => TailOf(stored, VendorKind.SecurityCenter),
            (stored, secret) => protector.IsSame(stored.Secret, secret), (model, secret) => model.AccessKeySecret = secret),
        new("securityToken", nameof(VendorAccountFormModel.SecurityToken),
            stored => stored.SecurityToken is { } token ? $"…{token.LastFour}" : null,
            (stored, token) => stored.SecurityToken is { } kept && protector.IsSame(kept, token),
            (model, token) => model.SecurityToken = token)
        {
            PartOf = KeySecret,
        },
        new("apiKey", nameof(VendorAccountFormModel.ApiKey), stored => TailOf(stored, VendorKind.Kayran),
            (stored, key) => protector.IsSame(stored.Secret, key), (model, key) => model.ApiKey = key),
    ];

    public override async Task<IReadOnlyList<string>> ReadAsync(ConfigNames names, Actor actor, CancellationToken cancellationToken)
    {
        var marks = await base.ReadAsync(names, actor, cancellationToken);
        foreach (var account in Standing)
        {
            names.Vendors[account.Name] = account.Kind;
        }

        return marks;
    }

    protected override void Tell(ConfigNames names, VendorAccountFormModel model) => names.Vendors[model.Name.Trim()] = model.Kind;

    protected override async Task<IReadOnlyList<VendorAccount>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        await store.ListAsync(cancellationToken);

    protected override string NameOf(VendorAccount stored) => stored.Name;

    protected override int IdOf(VendorAccount stored) => stored.Id;

    protected override string MarkOf(VendorAccount stored) =>
        string.Create(CultureInfo.InvariantCulture, $"account {stored.Id} {stored.Version}");

    protected override VendorAccountFormModel NewModel() => new();

    protected override VendorAccountFormModel ModelOf(VendorAccount stored) => VendorAccountView.Of(stored).Values;

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        VendorAccount? stored, VendorAccountFormModel model, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(Explain(model.Check(stored is null ? null : ModelOf(stored), endpoints.ListOf(model.Kind))));

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(
        VendorAccount? stored, VendorAccountFormModel model, ApplyTurn turn)
    {
        var result = await service.SaveAsync(stored is null ? null : VendorAccountView.Of(stored), model, turn.Actor, turn.Stop);
        if (result is Saved<VendorAccountView> { Stored: var saved })
        {
            turn.Place.Names.Add(NamedThing.Account, saved.Id, saved.Name);
            return [];
        }

        return result is Invalid<VendorAccountView> invalid ? Explain(invalid.Refusals) : [("", ConfigRules.MeanwhileChanged.Say())];
    }

    protected override Task DeleteAsync(VendorAccount stored, ApplyTurn turn) => service.DeleteAsync(stored.Id, turn.Actor, turn.Stop);

    private static string? TailOf(VendorAccount stored, VendorKind kind) => stored.Kind == kind ? $"…{stored.Secret.LastFour}" : null;

    private IReadOnlyList<(string Name, string Reason)> Explain(IEnumerable<FieldRefusal> refusals) =>
        [.. refusals.Select(refusal => (refusal.Field, words[refusal.TextKey, refusal.Argument ?? ""].Value))];
}
