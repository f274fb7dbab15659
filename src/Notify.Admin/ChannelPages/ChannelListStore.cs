using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.ChannelPages;

/// <summary>Pages of a table of channels, sorted and narrowed by the database, with how sending goes beside each row: what a list costs
/// grows with its page, not with the table.</summary>
internal static class ChannelListStore
{
    // Sorts behind every other.
    private const string LastCharacter = "\U0010FFFF";

    /// <param name="destination">The property that is shown as where a channel posts to.</param>
    /// <param name="alsoFoundBy">What a word of the search finds besides the row's own text, such as the name of its workspace.</param>
    public static async Task<ListedPage<T>> ReadPageAsync<T>(
        NotifyDbContext context, ChannelKind kind, ChannelListQuery query, string destination,
        Func<string, Expression<Func<T, bool>>?> alsoFoundBy, CancellationToken cancellationToken)
        where T : class, IListedChannel
    {
        return await Sort(Narrow(context, kind, query, alsoFoundBy), query, destination).Select(row => row.Channel).AsNoTracking()
            .ToPageAsync(query, context.Set<T>(), cancellationToken);
    }

    /// <summary>The ids of the channels of all pages in their order, at most <see cref="ListQuery.MostExported"/>.</summary>
    /// <inheritdoc cref="ReadPageAsync"/>
    public static async Task<IReadOnlyList<int>> ReadIdsAsync<T>(
        NotifyDbContext context, ChannelKind kind, ChannelListQuery query, string destination,
        Func<string, Expression<Func<T, bool>>?> alsoFoundBy, CancellationToken cancellationToken)
        where T : class, IListedChannel =>
        await Sort(Narrow(context, kind, query, alsoFoundBy), query, destination).Take(ListQuery.MostExported)
            .Select(row => row.Channel.Id).ToListAsync(cancellationToken);

    /// <summary>The first channels of all pages: those whose name begins with what is searched for, then by name.</summary>
    public static async Task<IReadOnlyList<ChannelName>> ReadNamesAsync<T>(
        NotifyDbContext context, ChannelKind kind, ChannelListQuery query, int most,
        Func<string, Expression<Func<T, bool>>?> alsoFoundBy, CancellationToken cancellationToken)
        where T : class, IListedChannel
    {
        var rows = Narrow(context, kind, query, alsoFoundBy);
        if (FoldedText.Of(query.Search).Trim() is not { Length: > 0 } begin)
        {
            return await FirstAsync(rows.OrderBy(row => row.Channel.SortName));
        }

        // A range of the index of names: where those that begin so fill the list, nobody looks through the others.
        var end = begin + LastCharacter;
#pragma warning disable CA1309 // These comparisons become SQL.
        var beginning = await FirstAsync(rows
            .Where(row => string.Compare(row.Channel.SortName, begin) >= 0 && string.Compare(row.Channel.SortName, end) < 0)
            .OrderBy(row => row.Channel.SortName));
#pragma warning restore CA1309
        // Sorted by more than the name, which is quicker too: by the index of names alone SQLite would look each row up.
        return beginning.Count == most ? beginning : await FirstAsync(
            rows.OrderByDescending(row => row.Channel.SortName.StartsWith(begin)).ThenBy(row => row.Channel.SortName));

        Task<List<ChannelName>> FirstAsync(IOrderedQueryable<Row<T>> sorted) => sorted.ThenBy(row => row.Channel.Id)
            .Select(row => new ChannelName(new ChannelKey(kind, row.Channel.Id), row.Channel.Name, row.Channel.IsOn))
            .Take(most).ToListAsync(cancellationToken);
    }

    private static IQueryable<Row<T>> Narrow<T>(
        NotifyDbContext context, ChannelKind kind, ChannelListQuery query, Func<string, Expression<Func<T, bool>>?> alsoFoundBy)
        where T : class, IListedChannel
    {
        IQueryable<T> channels = context.Set<T>();
        foreach (var word in FoldedText.Words(query.Search))
        {
            channels = channels.Where(FoundBy(word, alsoFoundBy(word)));
        }

        if (query.Tag is { } tag)
        {
            var column = ChannelTags.InColumn(tag);
            channels = channels.Where(channel => channel.Tags.Contains(column));
        }

        channels = query.Filter switch
        {
            ChannelFilter.On => channels.Where(channel => channel.IsOn),
            ChannelFilter.Off => channels.Where(channel => !channel.IsOn),
            _ => channels,
        };
        var firstLane = ChannelLane.IdOf(new ChannelKey(kind, 0));
        var rows = channels.LeftJoin(context.ChannelLanes, channel => firstLane + channel.Id, lane => lane.Id,
            (channel, lane) => new Row<T> { Channel = channel, Lane = lane });
        return query.Filter switch
        {
            ChannelFilter.NeedsAttention => rows.Where(row => row.Lane!.Condition == ChannelCondition.NeedsAttention),
            ChannelFilter.Failing => rows.Where(row => row.Lane!.Condition == ChannelCondition.Failing),
            ChannelFilter.NeverTested => rows.Where(row => row.Lane!.LastTestAt == null),
            _ => rows,
        };
    }

    private static Expression<Func<T, bool>> FoundBy<T>(string word, Expression<Func<T, bool>>? orElse)
        where T : class, IListedChannel
    {
        Expression<Func<T, bool>> own = channel => channel.SearchText.Contains(word);
        return orElse is null ? own
            : Expression.Lambda<Func<T, bool>>(
                Expression.OrElse(own.Body, new Renamed(orElse.Parameters[0], own.Parameters[0]).Visit(orElse.Body)), own.Parameters);
    }

    // The same order each time: after what was asked for by name, then by id.
    private static IQueryable<Row<T>> Sort<T>(IQueryable<Row<T>> rows, ChannelListQuery query, string destination)
        where T : class, IListedChannel =>
        (query.Sort switch
        {
            ChannelSort.Name => rows.SortedBy(row => row.Channel.SortName, query.Descending),
            ChannelSort.Switch => rows.SortedBy(row => row.Channel.IsOn, query.Descending),
            ChannelSort.Destination => rows.SortedBy(row => EF.Property<string?>(row.Channel, destination), query.Descending),
            ChannelSort.Health => rows.SortedBy(row => row.Lane == null ? ChannelCondition.Ok : row.Lane.Condition, query.Descending),
            ChannelSort.LastTest => rows.SortedBy(
                row => (row.Lane == null ? null : row.Lane.LastTestAt) ?? DateTimeOffset.MinValue, query.Descending),
        }).ThenBy(row => row.Channel.SortName).ThenBy(row => row.Channel.Id);

    private sealed class Row<T>
        where T : class, IListedChannel
    {
        public required T Channel { get; init; }

        /// <summary>Null before anything was sent to it.</summary>
        public ChannelLane? Lane { get; init; }
    }

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
