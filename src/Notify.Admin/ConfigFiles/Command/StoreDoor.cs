using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>The store itself, for whoever may open it: with SQLite, while the product is stopped.</summary>
internal sealed class StoreDoor(ConfigService config) : IConfigDoor
{
    private static readonly Actor Person = new(null, "command line", Roles.Admin, "command line");

    public Task<string> ExportAsync(CancellationToken cancellationToken) => config.ExportAsync(Person, cancellationToken);

    public async Task<CommandPlan> PlanAsync(string text, bool prune, CancellationToken cancellationToken) =>
        Of(await config.PlanAsync(text, prune, Person, cancellationToken), []);

    public async Task<CommandPlan> ApplyAsync(string text, bool prune, string basis, CancellationToken cancellationToken)
    {
        var outcome = await config.ApplyAsync(text, prune, basis, Person, cancellationToken);
        return outcome.Result == ConfigResult.Outdated
            ? CommandPlan.Refused("Something has changed since the plan. Plan again; nothing was changed.")
            : Of(outcome.Plan, [.. outcome.Addresses.Select(address => new NewAddressAnswer(address.Source, address.Path))]);
    }

    private static CommandPlan Of(ConfigPlan plan, IReadOnlyList<NewAddressAnswer> addresses) => new(
        plan.Basis, plan.Kept, [.. plan.Changes.Select(ConfigChangeAnswer.Of)],
        [.. plan.Problems.Take(ConfigService.MostProblems).Select(problem => problem.ToString())], addresses, plan.HasNewComments);
}
