using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.LivePages;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Sources;

/// <summary>Sources as their pages read and save them, over <see cref="SourceService"/>.</summary>
internal sealed class SourceFormService(SourceService sources, SourceStore store, IDeliveryDesk desk)
{
    // Each is a comparison for every source.
    private const int MostChannelsOfAWord = 50;

    /// <summary>Null when there is none with that id.</summary>
    public async Task<SourceView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        if (await sources.FindAsync(id, actor, cancellationToken) is not { } source)
        {
            return null;
        }

        var last = await store.LastChangeAsync(id, cancellationToken);
        return SourceView.Of(source, last?.At, last?.By);
    }

    /// <summary>A page of sources; searched by name, tool and bound channels.</summary>
    public async Task<ListedPage<SourceView>> ListAsync(
        ListQuery<SourceFilter, SourceSort> query, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        IReadOnlyList<ChannelName> channels = query.Search is null ? [] : await desk.ListChannelsAsync(actor, cancellationToken);
        var page = await store.ListPageAsync(query, word => [.. channels
            .Where(channel => FoldedText.Of(channel.Name).Contains(word, StringComparison.Ordinal)).Take(MostChannelsOfAWord)
            .Select(channel => BoundChannels.Write([channel.Key]))], cancellationToken);
        return page.Select(source => SourceView.Of(source));
    }

    /// <summary>Saves a mapping. One that is the kind's own is none of the source's.</summary>
    /// <param name="note">What is said about it in the list of versions.</param>
    /// <param name="original">What was stored when it was opened.</param>
    public Task<SaveResult<Source>> SaveMappingAsync(int id, string text, string? note, string? original, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return Contention.TryAsync<SaveResult<Source>>("source", async () =>
        {
            if (await sources.FindAsync(id, actor, cancellationToken) is not { } stored)
            {
                return (true, new Gone<Source>());
            }

            if (stored.Mapping != original)
            {
                return (true, new Conflict<Source>(stored));
            }

            var isBuiltIn = BuiltInMappings.Kinds.Contains(stored.Kind) && text == MappingWriter.Write(BuiltInMappings.Of(stored.Kind));
            var change = await sources.ChangeAsync(id, new SourceDraft { Mapping = isBuiltIn ? "" : text, MappingNote = note }, actor,
                cancellationToken, stored.Version);
            return change switch
            {
                { Problems: [var problem, ..] } => (true, new Invalid<Source>(
                    [new(nameof(Source.Mapping), "Refused.Other", $"{problem.Field} {problem.Reason}")])),
                { Source: { } saved } => (!change.IsOutdated, new Saved<Source>(saved)),
                _ => (true, new Gone<Source>()),
            };
        });
    }

    /// <param name="original">What the form was filled from.</param>
    public Task<SaveResult<SourceView>> SaveAsync(SourceView original, SourceFormModel model, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return Contention.TryAsync<SaveResult<SourceView>>("source", async () =>
        {
            if (await FindAsync(original.Id, actor, cancellationToken) is not { } stored)
            {
                return (true, new Gone<SourceView>());
            }

            if (SourceFields.Table.Compare(original, stored, model).Count > 0)
            {
                return (true, new Conflict<SourceView>(stored));
            }

            var change = await sources.ChangeAsync(original.Id, model.ToDraft(original), actor, cancellationToken, stored.Version);
            if (change.Problems.Count > 0)
            {
                return (true, new Invalid<SourceView>([.. change.Problems.Select(problem => SourceFields.ToRefusal(problem, model))]));
            }

            return (!change.IsOutdated, await FindAsync(original.Id, actor, cancellationToken) is { } saved
                ? new Saved<SourceView>(saved) : new Gone<SourceView>());
        });
    }
}
