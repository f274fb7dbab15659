using Microsoft.Extensions.Localization;
using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Layout;

/// <summary>Finds the pages of the navigation, and what is begun from anywhere. By their addresses too, which are English in every
/// language.</summary>
internal sealed class PageFinder(IStringLocalizer<LayoutText> texts) : IFinder
{
    public Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Found>>(text.AsksForTest ? []
            : [.. Pages(actor).Concat(Actions(actor)).Where(found => text.Finds(found.Title, found.Detail, found.Href))]);

    private IEnumerable<Found> Pages(Actor actor) => Navigation.Groups.Where(group => actor.May(group.Policy))
        .SelectMany(group => group.Items.Where(item => actor.May(item.Policy)).Select(item =>
            new Found(FoundKind.Page, texts[item.TextKey], group.TextKey is { } heading ? texts[heading].Value : null, item.Icon,
                item.Href)))
        .Append(new Found(FoundKind.Page, texts["Account.Profile"], null, IconName.User, "profile"));

    private IEnumerable<Found> Actions(Actor actor)
    {
        foreach (var action in Navigation.Actions.Where(action => actor.May(action.Policy)))
        {
            yield return new Found(FoundKind.Action, texts[action.TextKey], null, IconName.Plus, action.Href);
        }

        if (actor.May(Policies.Operate))
        {
            yield return new Found(FoundKind.Action, texts["Action.Test"], null, IconName.Send, null)
            {
                Types = texts["Action.Test.Typed"],
            };
        }
    }
}
