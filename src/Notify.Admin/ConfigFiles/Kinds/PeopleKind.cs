using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>People's roles. Who is not known yet is invited, without a password; nobody is removed by a file.</summary>
internal sealed class PeopleKind(PeopleService service) : ObjectKind<Person, PeopleKind.Model>
{
    public override string Section => "people";

    protected override string NameKey => "email";

    // As accounts are told apart.
    protected override StringComparer NameComparer => StringComparer.OrdinalIgnoreCase;

    protected override string SubjectKind => ProvisionedKinds.Person;

    protected override IReadOnlyList<ConfigField<Model>> Fields { get; } =
    [
        new("email", "email", ConfigFields.Type("string"),
            (one, other) => !string.Equals(one.Email, other.Email, StringComparison.OrdinalIgnoreCase),
            (model, _) => ConfigScalar.Of(model.Email), (model, node, place) => model.Email = place.Text(node)?.Trim() ?? "")
        {
            IsRequired = true,
        },
        new("role", "role", ConfigFields.OneOf(Roles.All), (one, other) => one.Role != other.Role,
            (model, _) => ConfigScalar.Of(model.Role), (model, node, place) => model.Role = place.Text(node) ?? "")
        {
            IsRequired = true,
        },
    ];

    protected override async Task<IReadOnlyList<Person>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        List<Person> people = [];
        await foreach (var person in service.ListAllAsync(new ListQuery<PersonFilter, PersonSort>(), actor, cancellationToken))
        {
            people.Add(person);
        }

        return people;
    }

    protected override string NameOf(Person stored) => stored.Email;

    protected override string SubjectIdOf(Person stored) => stored.Id;

    protected override string MarkOf(Person stored) => $"person {stored.Id} {stored.Role}";

    protected override Model NewModel() => new();

    protected override Model ModelOf(Person stored) => new() { Email = stored.Email, Role = stored.Role ?? "" };

    protected override Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        Person? stored, Model model, Actor actor, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string, string)> problems = Standing.Count == 0
            // Somebody invited would take the place of the first Admin, without a way in.
            ? [("email", ConfigRules.BeforeFirstAdmin.Say())]
            : !Roles.All.Contains(model.Role) ? Explain(PersonRefusal.InvalidRole)
            : stored is null && !AccountRules.IsEmail(model.Email) ? Explain(PersonRefusal.InvalidEmail) : [];
        return Task.FromResult(problems);
    }

    protected override async Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(Person? stored, Model model, ApplyTurn turn) =>
        Explain((stored is null ? await service.InviteAsync(model.Email, model.Role, turn.Actor, turn.Stop)
            : await service.ChangeRoleAsync(stored.Id, model.Role, turn.Actor, turn.Stop)).Refusal);

    // Nobody is removed by what a file leaves out.
    protected override bool IsExported(Person stored) => stored.Role is not null;

    protected override bool MayPrune => false;

    protected override Task DeleteAsync(Person stored, ApplyTurn turn) => Task.CompletedTask;

    private static IReadOnlyList<(string Name, string Reason)> Explain(PersonRefusal? refusal) => refusal switch
    {
        null => [],
        PersonRefusal.InvalidRole => [("role", ConfigRules.OneOf(string.Join(", ", Roles.All)).Say())],
        PersonRefusal.InvalidEmail => [("email", ConfigRules.Email.Say())],
        PersonRefusal.LastAdmin => [("role", ConfigRules.LastAdmin.Say())],
        PersonRefusal.LocalAccountsOff => [("email", ConfigRules.LocalAccountsOff.Say())],
        _ => [("", ConfigRules.MeanwhileChanged.Say())],
    };

    /// <summary>What a file says of a person.</summary>
    internal sealed class Model
    {
        public string Email { get; set; } = "";

        public string Role { get; set; } = "";
    }
}
