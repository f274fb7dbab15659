using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>With SQLite the index by channel has two parts, a small one of the newest deliveries and a large one
/// (<see cref="SqliteDeliveryParts"/> says why). Its first column says in which of them a delivery stands. So a query that names a channel
/// begins with one of these: without the part, SQLite would look through all channels. Other databases have no such column.</summary>
internal static class DeliveryParts
{
    /// <summary>The column, and the property of SQLite's model.</summary>
    public const string Column = "IsInSmallPart";

    // The small part first: what moves meanwhile is found twice rather than not at all.
    private static readonly IReadOnlyList<bool> Both = [true, false];

    private static readonly MethodInfo Marker = typeof(DeliveryParts).GetMethod(nameof(AreNamed))!;

    /// <summary>The deliveries, for a query that takes or counts all that a channel has, or the first in another order than that of ids. In
    /// that order SQLite would take another index: see <see cref="EachByChannel"/>.</summary>
    public static IQueryable<Delivery> ByChannel(this NotifyDbContext context) =>
        context.Database.IsSqlite() ? context.Deliveries.Where(d => Both.Contains(EF.Property<bool>(d, Column))) : context.Deliveries;

    /// <summary>The deliveries of each part, for a query that takes the first by their ids: that of each part, and then the first of them
    /// all. One that moves meanwhile may be in both.</summary>
    public static IEnumerable<IQueryable<Delivery>> EachByChannel(this NotifyDbContext context) => context.Database.IsSqlite()
        ? Both.Select(part => context.Deliveries.Where(d => EF.Property<bool>(d, Column) == part)) : [context.Deliveries];

    /// <summary>Stands in a query that is translated once, where <see cref="ByChannel"/> cannot.</summary>
    public static bool AreNamed(Delivery delivery) =>
        throw new InvalidOperationException($"Only in an expression that went through {nameof(Name)}: {delivery}.");

    /// <summary>Names both parts, with SQLite, wherever the query says <see cref="AreNamed"/>.</summary>
    public static Expression<T> Name<T>(NotifyDbContext context, Expression<T> query) =>
        (Expression<T>)new Naming(context.Database.IsSqlite()).Visit(query);

    private sealed class Naming(bool isSplit) : ExpressionVisitor
    {
        private static readonly Expression<Func<Delivery, bool>> Named = d => Both.Contains(EF.Property<bool>(d, Column));

        protected override Expression VisitMethodCall(MethodCallExpression node) => node.Method != Marker ? base.VisitMethodCall(node)
            : isSplit ? new Putting(Named.Parameters[0], node.Arguments[0]).Visit(Named.Body) : Expression.Constant(true);
    }

    private sealed class Putting(ParameterExpression parameter, Expression argument) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? argument : node;
    }
}
