"""A company's confirmed readings: what its tables are, as somebody has answered it, kept in `reading.yaml`.

    tables:
      - headers: [日期, 网点, 清单票数, 件数合计, 交单人]   # as printed; the order does not matter
        title: 清单交接封面                              # where headers alone fit several: stands in a name around
        file: "承运商/*.csv"                             # patterns, needed for a table without headers
        sheet: "9月*"
        record: bundle_cover                             # or `ignore: a price list, not audited`
        columns: {日期: date, 网点: station, 清单票数: tickets, 件数合计: pieces, 交单人: ~}   # ~ is no field
        fields: {kind: receiving_slip}                   # what no column states
        matrix: {down: date, across: customer, cell: amount}
        labels: {承运商: provider}                       # label-value lines
        sign: out_positive                               # and the other keys of `documents:` in audit.yaml
        state: likely                                    # taken over unseen; absent = confirmed
        confirmed: 2026-10-31 林晓

Of two columns with one header the second is `金额#2`; a column without a header is `{at: D}` among the headers and `@D`
among the columns.

`confirmed` holds the values, `schema` what the file may say, `mistakes` what else can be wrong with an entry, `loader`
reads the file: a wrong entry costs itself, the others hold. `answering` finds the answer about a table and tells of
answers about none; `families` are tables that are one question, `drafts` answers that are not written yet, `writing`
appends an answer; `taught` are the header words that answers teach.
"""
